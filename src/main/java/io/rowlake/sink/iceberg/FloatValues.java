package io.rowlake.sink.iceberg;

import java.util.Objects;
import java.util.stream.Stream;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.FieldVector;
import org.apache.iceberg.FieldMetrics;
import org.apache.parquet.column.ColumnWriter;
import org.jspecify.annotations.Nullable;

/** Floating point numbers, with the counts and bounds that Iceberg wants of them: Parquet's bounds don't know NaN. */
final class FloatValues implements ValueWriter {

    private final int fieldId;
    private final int width;
    private @Nullable ArrowBuf values;
    private long count;
    private long nulls;
    private long nans;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;

    private FloatValues(int fieldId, int width) {
        this.fieldId = fieldId;
        this.width = width;
    }

    static ValueWriter floats(int fieldId) {
        return new FloatValues(fieldId, Float.BYTES);
    }

    static ValueWriter doubles(int fieldId) {
        return new FloatValues(fieldId, Double.BYTES);
    }

    @Override
    public void bind(FieldVector vector) {
        values = vector.getDataBuffer();
    }

    @Override
    public void write(ColumnWriter column, int index, int repetitionLevel, int definitionLevel) {
        ArrowBuf buffer = Objects.requireNonNull(values);
        if (width == Float.BYTES) {
            float value = buffer.getFloat((long) index * Float.BYTES);
            count(value);
            column.write(value, repetitionLevel, definitionLevel);
        } else {
            double value = buffer.getDouble((long) index * Double.BYTES);
            count(value);
            column.write(value, repetitionLevel, definitionLevel);
        }
    }

    @Override
    public void countNull() {
        count++;
        nulls++;
    }

    @Override
    public Stream<FieldMetrics<?>> metrics() {
        if (min > max) {
            return Stream.of(new FieldMetrics<>(fieldId, count, nulls, nans));
        }
        return Stream.of(
                width == Float.BYTES
                        ? new FieldMetrics<>(fieldId, count, nulls, nans, (float) min, (float) max)
                        : new FieldMetrics<>(fieldId, count, nulls, nans, min, max));
    }

    private void count(double value) {
        count++;
        if (Double.isNaN(value)) {
            nans++;
        } else {
            // Math.min and max order -0.0 before 0.0, as the specification's bounds do.
            min = Math.min(min, value);
            max = Math.max(max, value);
        }
    }
}
