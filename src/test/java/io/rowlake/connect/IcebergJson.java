package io.rowlake.connect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rowlake.sink.iceberg.VariantJson;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Locale;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.variants.Variant;
import org.jspecify.annotations.Nullable;

/** Values of Iceberg's generic records as JSON: times by ISO 8601, byte strings as base64, NaN and decimals as text. */
final class IcebergJson {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final DateTimeFormatter TIMESTAMP = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendOffset("+HH:MM", "+00:00")
            .toFormatter(Locale.ROOT);

    private IcebergJson() {}

    static JsonNode of(@Nullable Object value) {
        if (value == null) {
            return NODES.nullNode();
        }
        if (value instanceof Number number) {
            return number(number);
        }
        if (value instanceof Boolean bool) {
            return NODES.booleanNode(bool);
        }
        if (value instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return NODES.binaryNode(bytes);
        }
        if (value instanceof List<?> list) {
            ArrayNode array = NODES.arrayNode();
            list.forEach(element -> array.add(of(element)));
            return array;
        }
        if (value instanceof Variant variant) {
            return MatrixColumn.MAPPER.valueToTree(VariantJson.of(variant.value()));
        }
        return value instanceof Record record ? object(record) : NODES.textNode(text(value));
    }

    private static JsonNode number(Number value) {
        if (value instanceof BigDecimal decimal) {
            return decimal.scale() == 0
                    ? NODES.numberNode(decimal.toBigInteger())
                    : NODES.textNode(decimal.toPlainString());
        }
        if (value instanceof Float || value instanceof Double) {
            boolean isFinite = Double.isFinite(value.doubleValue());
            return isFinite
                    ? value instanceof Float floating
                            ? NODES.numberNode(floating)
                            : NODES.numberNode(value.doubleValue())
                    : NODES.textNode(value.toString());
        }
        return NODES.numberNode(value.longValue());
    }

    private static JsonNode object(Record record) {
        ObjectNode object = NODES.objectNode();
        for (Types.NestedField field : record.struct().fields()) {
            object.set(field.name(), of(record.getField(field.name())));
        }
        return object;
    }

    private static String text(Object value) {
        return value instanceof OffsetDateTime time ? TIMESTAMP.format(time) : value.toString();
    }
}
