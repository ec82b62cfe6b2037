package io.rowlake.sink.file;

import io.rowlake.batch.ChangeBatch;
import io.rowlake.event.Column;
import io.rowlake.event.TableSchema;
import io.rowlake.sink.SinkException;
import java.util.List;

/** CSV by RFC 4180, in a new file whenever the columns change. */
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
    public byte[] header(TableSchema schema) {
        return switch (settings.header()) {
            case NAMES -> names(columns(schema));
            case NONE -> new byte[0];
        };
    }

    @Override
    public boolean continues(TableSchema previous, TableSchema next) {
        return columns(previous).equals(columns(next));
    }

    @Override
    public EncodedRows bind(ChangeBatch batch) {
        List<CsvColumn> columns = columns(batch.schema()).stream()
                .map(column -> bind(column, batch))
                .toList();
        return new CsvRows(batch, columns, new CsvLine(settings, columns.size()));
    }

    private CsvColumn bind(Column column, ChangeBatch batch) {
        var vector = batch.vector(batch.schema().indexOf(column.name()));
        CsvCell cell = column.type().accept(new CsvCells(vector, settings.booleans(), jsonText, binary));
        return new CsvColumn(column, vector, cell, CsvCells.isText(column.type()));
    }

    private List<Column> columns(TableSchema schema) {
        return schema.columns().stream()
                .filter(column -> !binary.leavesOut(column.type()))
                .toList();
    }

    private byte[] names(List<Column> columns) {
        var line = new CsvLine(settings, columns.size());
        for (int i = 0; i < columns.size(); i++) {
            String name = columns.get(i).name();
            if (!line.setText(i, name)) {
                throw new SinkException("Cannot write column name '" + name + "' as CSV: " + NEEDS_QUOTES);
            }
        }
        return line.take().copy();
    }
}
