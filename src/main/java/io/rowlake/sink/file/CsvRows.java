package io.rowlake.sink.file;

import io.rowlake.batch.ChangeBatch;
import io.rowlake.event.MalformedEventException;
import java.util.List;

/** The rows of one batch as lines of CSV. */
final class CsvRows implements RowFormat.EncodedRows {

    private final ChangeBatch batch;
    private final CsvColumn[] columns;
    private final CsvLine line;

    CsvRows(ChangeBatch batch, List<CsvColumn> columns, CsvLine line) {
        this.batch = batch;
        this.columns = columns.toArray(CsvColumn[]::new);
        this.line = line;
    }

    @Override
    public RowBuffer row(int row) {
        for (int i = 0; i < columns.length; i++) {
            if (!columns[i].set(line, i, row)) {
                throw new MalformedEventException(
                        batch.position(row),
                        "the value of column '" + columns[i].column().name() + "' can't be written as CSV: "
                                + CsvFormat.NEEDS_QUOTES);
            }
        }
        return line.take();
    }
}
