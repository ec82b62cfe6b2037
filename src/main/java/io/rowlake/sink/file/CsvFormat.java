package io.rowlake.sink.file;

import io.rowlake.batch.ChangeBatch;
import io.rowlake.event.Column;
import io.rowlake.event.TableSchema;
import io.rowlake.sink.IncompatibleSchemaException;
import io.rowlake.sink.file.CsvSettings.Header;
import io.rowlake.sink.file.CsvSettings.Quoting;
import java.util.List;

/** CSV by RFC 4180, whose rows have all the columns that the header of their file names. */
final class CsvFormat implements RowFormat {

    static final String NEEDS_QUOTES =
            "it is empty and alone in its line, or has a delimiter, a quote, a line break or the text for null; that"
                    + " needs quotes, and quoting is NONE";

    private final CsvSettings settings;
    private final BinaryEncoding binary;
    private final JsonText jsonText = new JsonText();

    CsvFormat(CsvSettings settings, BinaryEncoding binary) {
        this.settings = settings;
        this.binary = binary;
    }

    @Override
    public String extension() {
        return ".csv";
    }

    @Override
    public void requireFit(TableSchema schema) {
        if (settings.header() == Header.NAMES) {
            names(columns(schema));
        }
    }

    @Override
    public boolean holdsAnyValue() {
        return settings.quoting() != Quoting.NONE;
    }

    @Override
    public List<String> columns(TableSchema schema) {
        return schema.columns().stream()
                .filter(column -> !binary.leavesOut(column.type()))
                .map(Column::name)
                .toList();
    }

    @Override
    public byte[] header(List<String> columns) {
        return switch (settings.header()) {
            case NAMES -> names(columns);
            case NONE -> new byte[0];
        };
    }

    @Override
    public EncodedRows bind(ChangeBatch batch, List<String> columns) {
        List<CsvField> fields = columns.stream().map(name -> field(name, batch)).toList();
        return new CsvRows(batch, fields, new CsvLine(settings, fields.size()));
    }

    private CsvField field(String name, ChangeBatch batch) {
        int index = batch.schema().indexOf(name);
        // Left out although it is there: of another type it was written, and its place remains.
        if (index < 0 || binary.leavesOut(batch.schema().columns().get(index).type())) {
            return new CsvField.Absent(name);
        }
        Column column = batch.schema().columns().get(index);
        var vector = batch.vector(index);
        CsvCell cell = column.type().accept(new CsvCells(vector, settings.booleans(), jsonText, binary));
        return new CsvColumn(name, vector, cell, CsvCells.isText(column.type()));
    }

    private byte[] names(List<String> columns) {
        var line = new CsvLine(settings, columns.size());
        for (int i = 0; i < columns.size(); i++) {
            String name = columns.get(i);
            if (!line.setText(i, name)) {
                throw new IncompatibleSchemaException(
                        "Cannot write column name '" + name + "' as CSV: " + NEEDS_QUOTES);
            }
        }
        return line.take().copy();
    }
}
