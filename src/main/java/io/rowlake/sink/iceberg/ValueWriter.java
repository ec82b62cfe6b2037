package io.rowlake.sink.iceberg;

import java.util.stream.Stream;
import org.apache.arrow.vector.FieldVector;
import org.apache.iceberg.FieldMetrics;
import org.apache.parquet.column.ColumnWriter;

/** Copies single values of one type from a vector to a Parquet column. */
interface ValueWriter {

    void bind(FieldVector vector);

    void write(ColumnWriter column, int index, int repetitionLevel, int definitionLevel);

    default void countNull() {
        // Only types with metrics of their own count nulls; of the others Parquet's footer knows.
    }

    default Stream<FieldMetrics<?>> metrics() {
        return Stream.empty();
    }
}
