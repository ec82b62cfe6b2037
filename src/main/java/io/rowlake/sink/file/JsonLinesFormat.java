package io.rowlake.sink.file;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rowlake.batch.ChangeBatch;
import io.rowlake.event.TableSchema;
import java.io.IOException;
import java.util.List;

/** One JSON object a line, with the columns in their order and nulls written out. */
final class JsonLinesFormat implements RowFormat {

    private final JsonSettings settings;
    private final BinaryEncoding binary;
    private final JsonText text = new JsonText();

    JsonLinesFormat(JsonSettings settings, BinaryEncoding binary) {
        this.settings = settings;
        this.binary = binary;
    }

    @Override
    public String extension() {
        return ".jsonl";
    }

    /** Fits: a line has its own columns, under any names. */
    @Override
    public void requireFit(TableSchema schema) {
        // Nothing that could be in the way.
    }

    @Override
    public boolean holdsAnyValue() {
        return true;
    }

    @Override
    public List<String> columns(TableSchema schema) {
        return List.of();
    }

    @Override
    public byte[] header(List<String> columns) {
        return new byte[0];
    }

    @Override
    public EncodedRows bind(ChangeBatch batch, List<String> columns) {
        JsonFields fields = JsonFields.of(
                batch.schema().columns(), batch::vector, new JsonCells.Rules(settings.nonFinite(), binary));
        return row -> text.of(json -> writeLine(fields, row, json));
    }

    private static void writeLine(JsonFields fields, int row, JsonGenerator json) throws IOException {
        fields.writeObject(row, json);
        json.writeRaw('\n');
    }
}
