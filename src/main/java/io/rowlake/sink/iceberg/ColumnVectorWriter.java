package io.rowlake.sink.iceberg;

import io.rowlake.sink.SinkException;
import java.util.stream.Stream;
import org.apache.arrow.vector.FieldVector;
import org.apache.iceberg.FieldMetrics;
import org.apache.iceberg.types.Types;
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

    /** Refuses a null where the table doesn't take one. */
    static void requireOptional(Types.NestedField field) {
        if (field.isRequired()) {
            throw new SinkException("Cannot write a null to column '" + field.name() + "': the table requires a value");
        }
    }

    /** What Parquet's footer doesn't say: counts of NaN. */
    default Stream<FieldMetrics<?>> metrics() {
        return Stream.empty();
    }
}
