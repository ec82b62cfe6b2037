package io.rowlake.sink.iceberg;

import java.util.stream.Stream;
import org.apache.arrow.vector.FieldVector;
import org.apache.iceberg.FieldMetrics;
import org.apache.parquet.column.ColumnWriteStore;

/** Writes values of one field, from an Arrow vector to the columns of a Parquet file. */
interface ColumnVectorWriter {

    /** The file's columns, once a row group. */
    void setColumnStore(ColumnWriteStore store);

    /** The vector from which values are written from now on. */
    void bind(FieldVector vector);

    /** Writes the value at an index of the vector, or a null that stands there. */
    void write(int index, int repetitionLevel);

    /** Writes that there is no value, because a field further out is missing at the level. */
    void writeMissing(int repetitionLevel, int definitionLevel);

    /** What Parquet's footer doesn't say: counts of NaN. */
    default Stream<FieldMetrics<?>> metrics() {
        return Stream.empty();
    }
}
