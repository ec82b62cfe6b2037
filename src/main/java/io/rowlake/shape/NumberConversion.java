package io.rowlake.shape;

import io.rowlake.batch.ValueAppender;
import io.rowlake.event.ColumnType.Scalar;
import java.math.BigDecimal;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;

/** Numbers as whole numbers, which must be exact, or as floating point numbers, which are the nearest. */
final class NumberConversion implements Conversion {

    /** Up to here there is a number of the type for every whole number. */
    private static final long EXACT_IN_FLOAT_MAX = 1L << 24;

    private static final long EXACT_IN_DOUBLE_MAX = 1L << 53;

    private final FieldVector vector;
    private final Scalar type;

    NumberConversion(FieldVector vector, Scalar type) {
        this.vector = vector;
        this.type = type;
    }

    @Override
    public void append(int row, ValueAppender target) {
        if (vector.isNull(row)) {
            target.appendNull();
        } else if (type == Scalar.FLOAT || type == Scalar.DOUBLE) {
            target.appendDouble(floating(row));
        } else {
            target.appendLong(whole(row));
        }
    }

    private double floating(int row) {
        double value;
        if (vector instanceof Float8Vector doubles) {
            value = doubles.get(row);
        } else if (vector instanceof Float4Vector floats) {
            value = floats.get(row);
        } else if (vector instanceof DecimalVector decimals) {
            value = decimals.getObjectNotNull(row).doubleValue();
        } else {
            value = ofWhole(ValueCopy.whole((BaseFixedWidthVector) vector, row));
        }
        if (type == Scalar.FLOAT && Double.isFinite(value) && Float.isInfinite((float) value)) {
            throw MisfitException.of("a number of 32 bits", value);
        }
        return value;
    }

    /** Digits of a whole number must not get lost without a word. */
    private double ofWhole(long value) {
        long exactMax = type == Scalar.FLOAT ? EXACT_IN_FLOAT_MAX : EXACT_IN_DOUBLE_MAX;
        if (value > exactMax || value < -exactMax) {
            throw MisfitException.of("a whole number that a " + TypeText.of(type) + " holds exactly", value);
        }
        return value;
    }

    private long whole(int row) {
        long value;
        try {
            if (vector instanceof Float8Vector || vector instanceof Float4Vector || vector instanceof DecimalVector) {
                value = exact(row);
            } else {
                value = ValueCopy.whole((BaseFixedWidthVector) vector, row);
            }
            return type == Scalar.INT ? Math.toIntExact(value) : value;
        } catch (ArithmeticException | NumberFormatException e) {
            throw MisfitException.of(
                    type == Scalar.INT ? "a whole number of 32 bits" : "a whole number of 64 bits",
                    vector.getObject(row));
        }
    }

    private long exact(int row) {
        return vector instanceof DecimalVector decimals
                ? decimals.getObjectNotNull(row).longValueExact()
                : new BigDecimal(((Number) vector.getObject(row)).doubleValue()).longValueExact();
    }
}
