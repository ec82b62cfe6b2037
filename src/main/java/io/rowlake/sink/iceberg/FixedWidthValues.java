package io.rowlake.sink.iceberg;

import java.util.Objects;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BitVectorHelper;
import org.apache.arrow.vector.FieldVector;
import org.apache.parquet.column.ColumnWriter;
import org.jspecify.annotations.Nullable;

/** Values of 1, 32 or 64 bits, read from the vector's buffer without an object for each. */
final class FixedWidthValues implements ValueWriter {

    private final Copy copy;
    private @Nullable ArrowBuf values;

    private FixedWidthValues(Copy copy) {
        this.copy = copy;
    }

    /** Int, date. */
    static ValueWriter ints() {
        return new FixedWidthValues((values, column, index, repetitionLevel, definitionLevel) ->
                column.write(values.getInt((long) index * Integer.BYTES), repetitionLevel, definitionLevel));
    }

    /** Long, timestamps, time. */
    static ValueWriter longs() {
        return new FixedWidthValues((values, column, index, repetitionLevel, definitionLevel) ->
                column.write(values.getLong((long) index * Long.BYTES), repetitionLevel, definitionLevel));
    }

    static ValueWriter booleans() {
        return new FixedWidthValues((values, column, index, repetitionLevel, definitionLevel) ->
                column.write(BitVectorHelper.get(values, index) == 1, repetitionLevel, definitionLevel));
    }

    @Override
    public void bind(FieldVector vector) {
        values = vector.getDataBuffer();
    }

    @Override
    public void write(ColumnWriter column, int index, int repetitionLevel, int definitionLevel) {
        copy.copy(Objects.requireNonNull(values), column, index, repetitionLevel, definitionLevel);
    }

    /** One value from the buffer to the column. */
    private interface Copy {
        void copy(ArrowBuf values, ColumnWriter column, int index, int repetitionLevel, int definitionLevel);
    }
}
