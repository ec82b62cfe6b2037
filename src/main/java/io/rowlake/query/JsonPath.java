package io.rowlake.query;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.rowlake.batch.ChangeBatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** What is at the end of a path into JSON texts, as JSON. A missing key, an index past the end and a JSON null are null. */
final class JsonPath implements Evaluator {

    /** The texts were bounded when they were read; what was let in then must not stop the task here. */
    static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final Evaluator texts;
    private final List<Syntax.Step> steps;
    private final Cells cells = new Cells();

    JsonPath(Evaluator texts, List<Syntax.Step> steps) {
        this.texts = texts;
        this.steps = List.copyOf(steps);
    }

    @Override
    public Kind kind() {
        return Kind.JSON;
    }

    @Override
    public Cells evaluate(ChangeBatch rows) {
        Cells whole = texts.evaluate(rows);
        cells.begin(rows.rows(), Kind.JSON);
        for (int row = 0; row < rows.rows(); row++) {
            if (whole.isValue(row)) {
                find(row, whole);
            } else {
                cells.setAbsent(row, whole);
            }
        }
        return cells;
    }

    private void find(int row, Cells whole) {
        byte[] array = whole.array(row);
        int start = whole.start(row);
        try (JsonParser parser = JSON.createParser(array, start, whole.length(row))) {
            parser.nextToken();
            if (!follow(parser) || parser.currentToken() == JsonToken.VALUE_NULL) {
                cells.setNull(row);
                return;
            }
            int from = start + Math.toIntExact(parser.currentTokenLocation().getByteOffset());
            parser.skipChildren();
            parser.finishToken();
            int to = start + Math.toIntExact(parser.currentLocation().getByteOffset());
            cells.setBytes(row, array, from, to - from);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the JSON of a batch, though it is in memory", e);
        }
    }

    /** Leaves the parser at the value, or says that there is none. */
    private boolean follow(JsonParser parser) throws IOException {
        for (Syntax.Step step : steps) {
            boolean found = step instanceof Syntax.Index index
                    ? toElement(parser, index.index())
                    : toKey(parser, ((Syntax.Key) step).name());
            if (!found) {
                return false;
            }
        }
        return true;
    }

    private static boolean toKey(JsonParser parser, String key) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            return false;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean isIt = parser.currentName().equals(key);
            parser.nextToken();
            if (isIt) {
                return true;
            }
            parser.skipChildren();
        }
        return false;
    }

    private static boolean toElement(JsonParser parser, int index) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            return false;
        }
        int at = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (at == index) {
                return true;
            }
            parser.skipChildren();
            at++;
        }
        return false;
    }
}
