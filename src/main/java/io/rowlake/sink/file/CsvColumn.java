package io.rowlake.sink.file;

import org.apache.arrow.vector.FieldVector;

/**
 * One column of a batch, bound to its vector.
 *
 * @param text whether its values are quoted where all but numbers and booleans are
 */
record CsvColumn(String name, FieldVector vector, CsvCell cell, boolean text) implements CsvField {

    @Override
    public boolean set(CsvLine line, int index, int row) {
        if (vector.isNull(row)) {
            return line.setNull(index);
        }
        String value = cell.text(row);
        return text ? line.setText(index, value) : line.setBare(index, value);
    }
}
