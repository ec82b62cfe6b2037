package io.rowlake.sink.iceberg;

import java.util.Objects;
import java.util.stream.Stream;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.iceberg.FieldMetrics;
import org.apache.iceberg.types.Types;
import org.apache.parquet.column.ColumnWriteStore;
import org.jspecify.annotations.Nullable;

/** Writes lists: Parquet tells a missing list, an empty one, and the elements of a full one by their levels. */
final class ListWriter implements ColumnVectorWriter {

    private final ColumnVectorWriter elements;
    private final Types.NestedField field;
    private final int emptyLevel;
    private final int elementRepetitionLevel;
    private @Nullable FieldVector vector;

    /**
     * A writer of lists.
     *
     * @param emptyLevel the definition level at which the list is there, and has no element
     * @param elementRepetitionLevel the repetition level of its second and later elements
     */
    ListWriter(ColumnVectorWriter elements, Types.NestedField field, int emptyLevel, int elementRepetitionLevel) {
        this.elements = elements;
        this.field = field;
        this.emptyLevel = emptyLevel;
        this.elementRepetitionLevel = elementRepetitionLevel;
    }

    @Override
    public void setColumnStore(ColumnWriteStore store) {
        elements.setColumnStore(store);
    }

    @Override
    public void bind(FieldVector newVector) {
        vector = newVector;
        elements.bind(((ListVector) newVector).getDataVector());
    }

    @Override
    public void write(int index, int repetitionLevel) {
        FieldVector lists = Objects.requireNonNull(vector);
        if (lists.isNull(index)) {
            ColumnVectorWriter.requireOptional(field);
            elements.writeMissing(repetitionLevel, emptyLevel - 1);
            return;
        }
        ArrowBuf offsets = lists.getOffsetBuffer();
        int start = offsets.getInt((long) index * Integer.BYTES);
        int end = offsets.getInt((index + 1L) * Integer.BYTES);
        if (start == end) {
            elements.writeMissing(repetitionLevel, emptyLevel);
            return;
        }
        elements.write(start, repetitionLevel);
        for (int element = start + 1; element < end; element++) {
            elements.write(element, elementRepetitionLevel);
        }
    }

    @Override
    public void writeMissing(int repetitionLevel, int definitionLevel) {
        elements.writeMissing(repetitionLevel, definitionLevel);
    }

    @Override
    public Stream<FieldMetrics<?>> metrics() {
        // Iceberg keeps no bounds of values in lists.
        return Stream.empty();
    }
}
