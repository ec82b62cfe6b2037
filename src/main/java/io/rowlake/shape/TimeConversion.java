package io.rowlake.shape;

import io.rowlake.batch.ValueAppender;
import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.Scalar;
import java.util.Map;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.FieldVector;

/** Timestamps of microseconds as such of nanoseconds, and back, exactly. */
final class TimeConversion implements Conversion {

    private static final long NANOS_PER_MICRO = 1000;
    private static final Map<ColumnType, ColumnType> COARSE =
            Map.of(Scalar.TIMESTAMP_NANO, Scalar.TIMESTAMP, Scalar.LOCAL_TIMESTAMP_NANO, Scalar.LOCAL_TIMESTAMP);

    private final BaseFixedWidthVector vector;
    private final boolean fromNanos;

    TimeConversion(FieldVector vector, ColumnType from, Scalar to) {
        this.vector = (BaseFixedWidthVector) vector;
        this.fromNanos = to.equals(COARSE.get(from));
    }

    static boolean exists(ColumnType from, ColumnType to) {
        return to.equals(COARSE.get(from)) || from.equals(COARSE.get(to));
    }

    @Override
    public void append(int row, ValueAppender target) {
        if (vector.isNull(row)) {
            target.appendNull();
            return;
        }
        long value = ValueCopy.whole(vector, row);
        target.appendLong(fromNanos ? micros(value) : nanos(value));
    }

    private static long micros(long nanos) {
        if (nanos % NANOS_PER_MICRO != 0) {
            throw new MisfitException("must be a time in whole microseconds but has the nanoseconds "
                    + Math.floorMod(nanos, NANOS_PER_MICRO)
                    + ", which the column can't hold: a new table of iceberg.format.version=3 can, as"
                    + " timestamp_ns");
        }
        return nanos / NANOS_PER_MICRO;
    }

    private static long nanos(long micros) {
        try {
            return Math.multiplyExact(micros, NANOS_PER_MICRO);
        } catch (ArithmeticException e) {
            throw new MisfitException("must be a time from 1677 to 2262, as timestamp_ns holds, but was " + micros
                    + " microseconds after 1970");
        }
    }
}
