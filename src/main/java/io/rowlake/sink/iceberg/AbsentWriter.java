package io.rowlake.sink.iceberg;

import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;

/** Stands for a field that the table has and the batch doesn't: nothing but nulls, whatever its type. */
final class AbsentWriter implements ColumnVectorWriter {

    private final List<ColumnDescriptor> descriptors;
    private List<ColumnWriter> columns = List.of();

    AbsentWriter(List<ColumnDescriptor> descriptors) {
        this.descriptors = descriptors;
    }

    @Override
    public void setColumnStore(ColumnWriteStore store) {
        columns = descriptors.stream().map(store::getColumnWriter).toList();
    }

    @Override
    public void bind(FieldVector vector) {
        throw new IllegalStateException("An absent field has no vector");
    }

    @Override
    public void write(int index, int repetitionLevel) {
        throw new IllegalStateException("An absent field has no values");
    }

    @Override
    public void writeMissing(int repetitionLevel, int definitionLevel) {
        for (ColumnWriter column : columns) {
            column.writeNull(repetitionLevel, definitionLevel);
        }
    }
}
