package io.rowlake.connect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rowlake.connect.MatrixColumn.Carrier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** The rows of the matrix as records of a carrier, the last of them all nulls. */
final class MatrixRecords {

    private static final String CONNECT_LOGICAL = "org.apache.kafka.connect.data.";

    private final String topic;
    private final Carrier carrier;
    private final List<MatrixColumn> columns;

    MatrixRecords(String topic, Carrier carrier, List<MatrixColumn> columns) {
        this.topic = topic;
        this.carrier = carrier;
        this.columns = columns;
    }

    /** How many rows there are. */
    static int rows(List<MatrixColumn> columns) {
        return 1 + columns.stream().mapToInt(MatrixColumn::rows).max().orElse(0);
    }

    List<SinkRecord> records() {
        Schema row = rowSchema();
        Schema envelope = envelope(row);
        List<SinkRecord> records = new ArrayList<>();
        for (int i = 0; i < rows(columns); i++) {
            records.add(
                    switch (carrier) {
                        case PIXELTABLE -> record(i, null, json(i));
                        case CONNECT -> record(i, row, struct(row, i));
                        case DEBEZIUM ->
                            record(
                                    i,
                                    envelope,
                                    new Struct(envelope)
                                            .put("op", "c")
                                            .put("after", struct(row, i))
                                            .put("ts_ms", 1L));
                    });
        }
        return records;
    }

    private SinkRecord record(long offset, @Nullable Schema schema, Object value) {
        return new SinkRecord(topic, 0, null, null, schema, value, offset, 0L, TimestampType.CREATE_TIME);
    }

    private byte[] json(int row) {
        ObjectNode event = MatrixColumn.MAPPER.createObjectNode();
        event.put("op", "c");
        ObjectNode after = event.putObject("after");
        ObjectNode types = event.putObject("schema").put("version", 2).putObject("columns");
        for (MatrixColumn column : columns) {
            after.set(column.name(), column.event(carrier, row));
            types.set(column.name(), column.type(carrier));
        }
        try {
            return MatrixColumn.MAPPER.writeValueAsString(event).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Schema envelope(Schema row) {
        return SchemaBuilder.struct()
                .name("images.Envelope")
                .field("before", row)
                .field("after", row)
                .field("op", Schema.STRING_SCHEMA)
                .field("ts_ms", Schema.OPTIONAL_INT64_SCHEMA)
                .build();
    }

    private Schema rowSchema() {
        if (carrier == Carrier.PIXELTABLE) {
            return SchemaBuilder.struct().build();
        }
        SchemaBuilder row = SchemaBuilder.struct().name("images.Value").optional();
        columns.forEach(column -> row.field(column.name(), schema(column.type(carrier))));
        return row.build();
    }

    private static Schema schema(JsonNode type) {
        SchemaBuilder builder = builder(type).optional();
        if (type.has("name")) {
            builder.name(type.get("name").asText()).version(1);
        }
        type.path("parameters")
                .properties()
                .forEach(parameter -> builder.parameter(
                        parameter.getKey(), parameter.getValue().asText()));
        return builder.build();
    }

    private static SchemaBuilder builder(JsonNode type) {
        String kind = type.get("kind").asText().toUpperCase(Locale.ROOT);
        return switch (kind) {
            case "ARRAY" -> SchemaBuilder.array(schema(type.get("items")));
            case "MAP" -> SchemaBuilder.map(Schema.STRING_SCHEMA, schema(type.get("values")));
            case "STRUCT" -> {
                SchemaBuilder struct = SchemaBuilder.struct();
                type.get("fields")
                        .properties()
                        .forEach(field -> struct.field(field.getKey(), schema(field.getValue())));
                yield struct;
            }
            default -> SchemaBuilder.type(Schema.Type.valueOf(kind));
        };
    }

    private Struct struct(Schema schema, int row) {
        Struct struct = new Struct(schema);
        columns.forEach(column -> struct.put(
                column.name(),
                value(column.event(carrier, row), schema.field(column.name()).schema())));
        return struct;
    }

    @SuppressWarnings("JavaUtilDate") // What Connect's logical types are.
    private static @Nullable Object value(JsonNode value, Schema schema) {
        if (value.isNull()) {
            return null;
        }
        if (Decimal.LOGICAL_NAME.equals(schema.name())) {
            return new BigDecimal(value.asText());
        }
        if (schema.name() != null && schema.name().startsWith(CONNECT_LOGICAL)) {
            return new Date(value.longValue() * (schema.name().endsWith(".Date") ? 86_400_000L : 1));
        }
        return switch (schema.type()) {
            case INT8 -> (byte) value.intValue();
            case INT16 -> value.shortValue();
            case INT32 -> value.intValue();
            case INT64 -> value.longValue();
            case FLOAT32 -> value.floatValue();
            case FLOAT64 -> value.doubleValue();
            case BOOLEAN -> value.booleanValue();
            case STRING -> value.isTextual() ? value.textValue() : value.toString();
            case BYTES -> bytes(value);
            case ARRAY -> list(value, schema.valueSchema());
            case MAP -> map(value, schema.valueSchema());
            case STRUCT -> struct(value, schema);
        };
    }

    private static byte[] bytes(JsonNode value) {
        try {
            return value.isIntegralNumber() ? new BigInteger(value.asText()).toByteArray() : value.binaryValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<@Nullable Object> list(JsonNode values, Schema element) {
        List<@Nullable Object> list = new ArrayList<>();
        values.forEach(value -> list.add(value(value, element)));
        return list;
    }

    private static Map<String, @Nullable Object> map(JsonNode values, Schema element) {
        Map<String, @Nullable Object> map = new HashMap<>();
        values.properties().forEach(entry -> map.put(entry.getKey(), value(entry.getValue(), element)));
        return map;
    }

    private static Struct struct(JsonNode values, Schema schema) {
        Struct struct = new Struct(schema);
        for (Field field : schema.fields()) {
            struct.put(field, value(values.path(field.name()), field.schema()));
        }
        return struct;
    }
}
