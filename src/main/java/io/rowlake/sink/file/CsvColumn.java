package io.rowlake.sink.file;

import io.rowlake.event.Column;
import org.apache.arrow.vector.FieldVector;

/**
 * One column of a batch, bound to its vector.
 *
 * @param text whether its values are quoted where all but numbers and booleans are
 */
record CsvColumn(Column column, FieldVector vector, CsvCell cell, boolean text) {

    /** Puts the value of a row into its field. Returns whether the line can hold it. */
    boolean set(CsvLine line, int index, int row) {
        if (vector.isNull(row)) {
            return line.setNull(index);
        }
        String value = cell.text(row);
        return text ? line.setText(index, value) : line.setBare(index, value);
    }
}
