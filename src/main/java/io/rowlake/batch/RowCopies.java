package io.rowlake.batch;

import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.BitVectorHelper;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;

/** Copies some rows of a column. Lists and structs go level by level, since a copy value by value is slow in Arrow. */
final class RowCopies {

    /** In place of a row: a null. */
    static final int NULL_ROW = -1;

    private RowCopies() {}

    /**
     * Fills an empty vector of the same type.
     *
     * @param rows what to copy, in any order, or {@link #NULL_ROW}
     */
    static void copy(FieldVector source, int[] rows, FieldVector target) {
        if (source instanceof ListVector lists) {
            copyLists(lists, rows, (ListVector) target);
        } else if (source instanceof StructVector structs) {
            copyStructs(structs, rows, (StructVector) target);
        } else {
            copyValues(source, rows, target);
        }
    }

    private static void copyValues(FieldVector source, int[] rows, FieldVector target) {
        target.setInitialCapacity(rows.length);
        target.allocateNew();
        for (int i = 0; i < rows.length; i++) {
            if (rows[i] != NULL_ROW) {
                target.copyFromSafe(rows[i], i, source);
            }
        }
        target.setValueCount(rows.length);
    }

    private static void copyLists(ListVector source, int[] rows, ListVector target) {
        target.setInitialCapacity(rows.length);
        target.allocateNew();
        int[] elements = new int[Math.max(rows.length, 1)];
        int count = 0;
        for (int i = 0; i < rows.length; i++) {
            if (rows[i] != NULL_ROW && !source.isNull(rows[i])) {
                BitVectorHelper.setBit(target.getValidityBuffer(), i);
                int start = source.getElementStartIndex(rows[i]);
                int length = source.getElementEndIndex(rows[i]) - start;
                elements = withRoom(elements, count + length);
                for (int element = 0; element < length; element++) {
                    elements[count + element] = start + element;
                }
                count += length;
            }
            target.getOffsetBuffer().setInt((long) (i + 1) * ListVector.OFFSET_WIDTH, count);
        }
        copy(source.getDataVector(), Arrays.copyOf(elements, count), target.getDataVector());
        target.setLastSet(rows.length - 1);
        target.setValueCount(rows.length);
    }

    private static int[] withRoom(int[] elements, int needed) {
        return needed <= elements.length ? elements : Arrays.copyOf(elements, Math.max(needed, 2 * elements.length));
    }

    private static void copyStructs(StructVector source, int[] rows, StructVector target) {
        target.setInitialCapacity(rows.length);
        target.allocateNew();
        int[] present = rows.clone();
        for (int i = 0; i < rows.length; i++) {
            if (rows[i] != NULL_ROW && source.isNull(rows[i])) {
                present[i] = NULL_ROW;
            }
            if (present[i] != NULL_ROW) {
                target.setIndexDefined(i);
            }
        }
        List<FieldVector> from = source.getChildrenFromFields();
        List<FieldVector> to = target.getChildrenFromFields();
        for (int i = 0; i < from.size(); i++) {
            copy(from.get(i), present, to.get(i));
        }
        target.setValueCount(rows.length);
    }
}
