package io.rowlake.connect;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A column of types/matrix.json: how carriers type it, what Iceberg makes of it, and its cells. A cell has an {@code event},
 * or one for a carrier by the carrier's name, and says what it {@code is} in destinations, or in one by the destination's
 * name; where it doesn't, it is as in the event.
 */
record MatrixColumn(JsonNode spec) {

    /** Bare tokens stand for NaN and infinities, as Pixeltable's export writes them. */
    static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .disable(com.fasterxml.jackson.core.json.JsonWriteFeature.WRITE_NAN_AS_STRINGS)
            .build();

    /** What brings a row. */
    enum Carrier {
        /** JSON bytes: Pixeltable's envelope, with its own serialised types. */
        PIXELTABLE,
        /** A flat struct, with Connect's and Pixeltable's logical names. */
        CONNECT,
        /** Debezium's envelope as a struct, with Debezium's logical names beside Connect's. */
        DEBEZIUM;

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Where a row goes. */
    enum Goal {
        ICEBERG,
        JSONL,
        CSV;

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The columns that a carrier can express. */
    static List<MatrixColumn> of(Carrier carrier) {
        List<MatrixColumn> columns = new ArrayList<>();
        try (InputStream in = MatrixColumn.class.getResourceAsStream("/types/matrix.json")) {
            MAPPER.readTree(in).forEach(spec -> columns.add(new MatrixColumn(spec)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        columns.removeIf(column -> !column.spec().has(carrier.key()));
        return columns;
    }

    String name() {
        return spec.get("name").asText();
    }

    /** As the carrier describes it. */
    JsonNode type(Carrier carrier) {
        return spec.get(carrier.key());
    }

    /** The type of Iceberg's, without the numbers of fields. */
    String icebergType() {
        return spec.get("type").asText();
    }

    /** What Iceberg says of the column, empty for nothing. */
    String doc() {
        return spec.path("doc").asText();
    }

    int rows() {
        return spec.get("cells").size();
    }

    /** What the event has in a row; beyond the last cell, null. */
    JsonNode event(Carrier carrier, int row) {
        JsonNode cell = cell(row);
        return cell.has(carrier.key()) ? cell.get(carrier.key()) : cell.path("event");
    }

    /** What a destination has in a row, as text. */
    String expected(Goal goal, int row) {
        JsonNode cell = cell(row);
        if (cell.has(goal.key())) {
            return text(goal, cell.get(goal.key()));
        }
        return text(goal, cell.has("is") ? cell.get("is") : cell.path("event"));
    }

    private JsonNode cell(int row) {
        return row < rows() ? spec.get("cells").get(row) : NULL_CELL;
    }

    private static final JsonNode NULL_CELL =
            JsonNodeFactory.instance.objectNode().putNull("event");

    /** Fields of CSV are bare texts, and empty for null. */
    private static String text(Goal goal, JsonNode value) {
        return switch (goal) {
            case ICEBERG, JSONL -> value.toString();
            case CSV -> value.isNull() ? "" : value.isTextual() ? value.textValue() : value.toString();
        };
    }
}
