package io.rowlake.batch;

import org.apache.arrow.vector.FieldVector;

/** Copies some rows of a column. */
final class RowCopies {

    private RowCopies() {}

    /** Fills an empty vector of the same type. */
    static void copy(FieldVector source, int[] rows, FieldVector target) {
        target.setInitialCapacity(rows.length);
        target.allocateNew();
        for (int i = 0; i < rows.length; i++) {
            target.copyFromSafe(rows[i], i, source);
        }
        target.setValueCount(rows.length);
    }
}
