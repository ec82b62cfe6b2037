package io.rowlake.cli;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.variants.Variant;
import org.jspecify.annotations.Nullable;

/** Values of a table as short text for a terminal. */
final class CellText {

    private static final int ELEMENTS = 4;

    private CellText() {}

    static String of(@Nullable Object value) {
        if (value == null) {
            return "-";
        }
        if (value instanceof ByteBuffer bytes) {
            return bytes.remaining() + " bytes";
        }
        if (value instanceof byte[] bytes) {
            return bytes.length + " bytes";
        }
        if (value instanceof Double || value instanceof Float) {
            return number(((Number) value).doubleValue());
        }
        return value instanceof Variant variant ? of(VariantParts.of(variant.value())) : nested(value);
    }

    private static String nested(Object value) {
        if (value instanceof List<?> list) {
            String shown = list.stream().limit(ELEMENTS).map(CellText::of).collect(Collectors.joining(", "));
            return list.size() > ELEMENTS ? "[" + shown + ", …" + list.size() + "]" : "[" + shown + "]";
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> of(entry.getKey()) + ": " + of(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (value instanceof Record row) {
            return row.struct().fields().stream()
                    .map(field -> field.name() + ": " + of(row.getField(field.name())))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return value instanceof StructLike ? "{…}" : value.toString();
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Double.toString(value) : String.format(Locale.ROOT, "%.5g", value);
    }
}
