package io.rowlake.sink.file;

import io.rowlake.batch.ChangeBatch;
import io.rowlake.event.MalformedEventException;
import java.util.List;
import java.util.Optional;

/** The rows of one batch as lines of CSV. */
final class CsvRows implements RowFormat.EncodedRows {

    private static final int NONE = -1;

    private final ChangeBatch batch;
    private final CsvField[] fields;
    private final CsvLine line;

    CsvRows(ChangeBatch batch, List<CsvField> fields, CsvLine line) {
        this.batch = batch;
        this.fields = fields.toArray(CsvField[]::new);
        this.line = line;
    }

    @Override
    public Optional<MalformedEventException> misfit(int row) {
        int misfit = fill(row);
        return misfit == NONE ? Optional.empty() : Optional.of(malformed(row, misfit));
    }

    @Override
    public RowBuffer row(int row) {
        int misfit = fill(row);
        if (misfit != NONE) {
            throw malformed(row, misfit);
        }
        return line.take();
    }

    /** Sets the fields of the line. Returns the first whose value it can't hold. */
    private int fill(int row) {
        for (int i = 0; i < fields.length; i++) {
            if (!fields[i].set(line, i, row)) {
                return i;
            }
        }
        return NONE;
    }

    private MalformedEventException malformed(int row, int field) {
        return new MalformedEventException(
                batch.position(row),
                "the value of column '" + fields[field].name() + "' can't be written as CSV: "
                        + CsvFormat.NEEDS_QUOTES);
    }
}
