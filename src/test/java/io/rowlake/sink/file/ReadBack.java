package io.rowlake.sink.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.rowlake.event.Column;
import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.DecimalType;
import io.rowlake.event.ColumnType.ListType;
import io.rowlake.event.ColumnType.MediaType;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.ColumnType.StructType;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Values as readers of the files get them, in the form in which batches are made of them. */
final class ReadBack {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private ReadBack() {}

    static List<List<@Nullable Object>> jsonLines(List<Column> columns, String text) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (String line : text.lines().toList()) {
            rows.add(fields(columns, parse(line)));
        }
        return rows;
    }

    static List<List<@Nullable Object>> csv(List<Column> columns, String nullText, String text) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (NamedCsvRecord line : CsvReader.builder().ofNamedCsvRecord(text)) {
            List<@Nullable Object> row = new ArrayList<>();
            for (Column column : columns) {
                String cell = line.getField(column.name());
                row.add(cell.equals(nullText) ? null : column.type().accept(new Text(cell)));
            }
            rows.add(row);
        }
        return rows;
    }

    private static List<@Nullable Object> fields(List<Column> columns, JsonNode object) {
        List<@Nullable Object> values = new ArrayList<>();
        columns.forEach(column -> values.add(value(column.type(), object.get(column.name()))));
        return values;
    }

    private static @Nullable Object value(ColumnType type, JsonNode node) {
        return node.isNull() ? null : type.accept(new Json(node));
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Json(JsonNode node) implements ColumnType.Visitor<Object> {

        @Override
        public Object scalar(Scalar type) {
            boolean json = type == Scalar.JSON || type == Scalar.VARIANT;
            return json ? node.toString() : new Text(node.asText()).scalar(type);
        }

        @Override
        public Object decimal(DecimalType type) {
            return new Text(node.asText()).decimal(type);
        }

        @Override
        public Object list(ListType type) {
            List<@Nullable Object> values = new ArrayList<>();
            node.forEach(element -> values.add(value(type.element(), element)));
            return values;
        }

        @Override
        public Object struct(StructType type) {
            return fields(type.fields(), node);
        }

        @Override
        public Object media(MediaType type) {
            return struct(MediaType.PARTS);
        }
    }

    private record Text(String text) implements ColumnType.Visitor<Object> {

        @Override
        public Object scalar(Scalar type) {
            return switch (type) {
                case STRING, JSON, VARIANT -> text;
                case INT -> Integer.valueOf(text);
                case LONG -> Long.valueOf(text);
                case FLOAT -> Float.valueOf(text);
                case DOUBLE -> Double.valueOf(text);
                case BOOLEAN -> Boolean.valueOf(text);
                case TIMESTAMP -> micros(OffsetDateTime.parse(text).toInstant());
                case LOCAL_TIMESTAMP -> micros(LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
                case TIMESTAMP_NANO -> nanos(OffsetDateTime.parse(text).toInstant());
                case LOCAL_TIMESTAMP_NANO -> nanos(LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
                case DATE -> Math.toIntExact(LocalDate.parse(text).toEpochDay());
                case TIME -> LocalTime.parse(text).toNanoOfDay() / 1_000;
                case UUID -> UUID.fromString(text);
                case BINARY -> ByteBuffer.wrap(Base64.getDecoder().decode(text));
            };
        }

        @Override
        public Object decimal(DecimalType type) {
            return new BigDecimal(text).setScale(type.scale());
        }

        @Override
        public Object list(ListType type) {
            return new Json(parse(text)).list(type);
        }

        @Override
        public Object struct(StructType type) {
            return new Json(parse(text)).struct(type);
        }

        @Override
        public Object media(MediaType type) {
            return new Json(parse(text)).media(type);
        }

        private static long micros(Instant instant) {
            return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
        }

        private static long nanos(Instant instant) {
            // The seconds alone may overflow; together with the rest of the nanoseconds they don't.
            return instant.getEpochSecond() * 1_000_000_000 + instant.getNano();
        }
    }
}
