package io.rowlake.sink.iceberg;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** What a data file says of its columns, without their sizes, as text that shows where two differ. */
final class MetricsText {

    private MetricsText() {}

    static String of(DataFile file, Table table) {
        var text = new StringBuilder("records " + file.recordCount());
        Map<Integer, String> names =
                new TreeMap<>(TypeUtil.indexNameById(table.schema().asStruct()));
        names.forEach((id, name) -> {
            text.append('\n').append(name).append(": ");
            if (!isFloatInStruct(table, id)) {
                text.append("values ")
                        .append(value(file.valueCounts(), id))
                        .append(", nulls ")
                        .append(value(file.nullValueCounts(), id));
            }
            text.append(", NaN ")
                    .append(value(file.nanValueCounts(), id))
                    .append(", from ")
                    .append(bytes(file.lowerBounds(), id))
                    .append(" to ")
                    .append(bytes(file.upperBounds(), id));
        });
        return text.toString();
    }

    /** Of these, and of no other type, Iceberg's own writer doesn't count the rows whose struct is null. */
    private static boolean isFloatInStruct(Table table, int id) {
        Types.NestedField field = table.schema().findField(id);
        boolean isFloat =
                field.type().typeId() == Type.TypeID.FLOAT || field.type().typeId() == Type.TypeID.DOUBLE;
        return isFloat && table.schema().asStruct().field(id) == null;
    }

    private static String value(@Nullable Map<Integer, Long> counts, int id) {
        return Optional.ofNullable(counts)
                .map(present -> String.valueOf(present.get(id)))
                .orElse("null");
    }

    private static String bytes(@Nullable Map<Integer, ByteBuffer> bounds, int id) {
        ByteBuffer bound = bounds == null ? null : bounds.get(id);
        if (bound == null) {
            return "nothing";
        }
        byte[] bytes = new byte[bound.remaining()];
        bound.duplicate().get(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
