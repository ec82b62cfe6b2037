package io.rowlake.shape;

import io.rowlake.batch.ValueAppender;
import org.apache.arrow.vector.complex.ListVector;

/** Lists, element by element. */
record ListConversion(ListVector lists, Conversion elements) implements Conversion {

    @Override
    public void append(int row, ValueAppender target) {
        if (lists.isNull(row)) {
            target.appendNull();
            return;
        }
        target.beginList();
        ValueAppender element = target.element();
        int start = lists.getElementStartIndex(row);
        int end = lists.getElementEndIndex(row);
        for (int i = start; i < end; i++) {
            try {
                elements.append(i, element);
            } catch (MisfitException misfit) {
                throw misfit.atElement(i - start);
            }
        }
        target.endList();
    }
}
