package io.rowlake.sink.iceberg;

import java.util.Objects;
import java.util.stream.Stream;
import org.apache.arrow.vector.FieldVector;
import org.apache.iceberg.FieldMetrics;
import org.apache.iceberg.types.Types;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.jspecify.annotations.Nullable;

/** Writes a field without parts. */
final class LeafWriter implements ColumnVectorWriter {

    private final ColumnDescriptor descriptor;
    private final ValueWriter values;
    private final int definedLevel;
    private final Types.NestedField field;
    private @Nullable ColumnWriter column;
    private @Nullable FieldVector vector;

    LeafWriter(ColumnDescriptor descriptor, ValueWriter values, Types.NestedField field) {
        this.descriptor = descriptor;
        this.values = values;
        this.definedLevel = descriptor.getMaxDefinitionLevel();
        this.field = field;
    }

    @Override
    public void setColumnStore(ColumnWriteStore store) {
        column = store.getColumnWriter(descriptor);
    }

    @Override
    public void bind(FieldVector newVector) {
        vector = newVector;
        values.bind(newVector);
    }

    @Override
    public void write(int index, int repetitionLevel) {
        if (Objects.requireNonNull(vector).isNull(index)) {
            ColumnVectorWriter.requireOptional(field);
            values.countNull();
            column().writeNull(repetitionLevel, definedLevel - 1);
        } else {
            values.write(column(), index, repetitionLevel, definedLevel);
        }
    }

    @Override
    public void writeMissing(int repetitionLevel, int definitionLevel) {
        values.countNull();
        column().writeNull(repetitionLevel, definitionLevel);
    }

    @Override
    public Stream<FieldMetrics<?>> metrics() {
        return values.metrics();
    }

    private ColumnWriter column() {
        return Objects.requireNonNull(column);
    }
}
