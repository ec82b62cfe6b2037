package io.rowlake.sink.file;

import io.rowlake.batch.ChangeBatch;
import io.rowlake.event.MalformedEventException;
import java.util.ArrayList;
import java.util.List;

/** The rows of one batch as lines of CSV. */
final class CsvRows implements RowFormat.EncodedRows {

    /** As many as are kept in mind until they are read again. */
    private static final int BAD_ROWS_MAX = 1_000;

    private static final int NONE = -1;

    private final ChangeBatch batch;
    private final CsvColumn[] columns;
    private final CsvLine line;

    CsvRows(ChangeBatch batch, List<CsvColumn> columns, CsvLine line) {
        this.batch = batch;
        this.columns = columns.toArray(CsvColumn[]::new);
        this.line = line;
    }

    @Override
    public List<MalformedEventException> badRows() {
        if (line.holdsAnyValue()) {
            return List.of();
        }
        List<MalformedEventException> bad = new ArrayList<>();
        for (int row = 0; row < batch.rows() && bad.size() < BAD_ROWS_MAX; row++) {
            int misfit = batch.operation(row).hasAfterImage() ? fill(row) : NONE;
            if (misfit != NONE) {
                bad.add(malformed(row, misfit));
            }
        }
        return bad;
    }

    @Override
    public RowBuffer row(int row) {
        int misfit = fill(row);
        if (misfit != NONE) {
            throw malformed(row, misfit);
        }
        return line.take();
    }

    /** Sets the fields of the line. Returns the first column whose value it can't hold. */
    private int fill(int row) {
        for (int i = 0; i < columns.length; i++) {
            if (!columns[i].set(line, i, row)) {
                return i;
            }
        }
        return NONE;
    }

    private MalformedEventException malformed(int row, int column) {
        return new MalformedEventException(
                batch.position(row),
                "the value of column '" + columns[column].column().name() + "' can't be written as CSV: "
                        + CsvFormat.NEEDS_QUOTES);
    }
}
