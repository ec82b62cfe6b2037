package io.rowlake.shape;

import io.rowlake.batch.ValueAppender;
import java.math.BigDecimal;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;

/** Values without parts as they are, to a column of the same type. */
final class ValueCopy {

    private ValueCopy() {}

    static Conversion of(FieldVector vector) {
        Conversion present = present(vector);
        return (row, target) -> {
            if (vector.isNull(row)) {
                target.appendNull();
            } else {
                present.append(row, target);
            }
        };
    }

    private static Conversion present(FieldVector vector) {
        if (vector instanceof VarCharVector texts) {
            return (row, target) -> append(texts.get(row), target);
        }
        if (vector instanceof VarBinaryVector binaries) {
            return (row, target) -> append(binaries.get(row), target);
        }
        if (vector instanceof FixedSizeBinaryVector uuids) {
            return (row, target) -> append(uuids.get(row), target);
        }
        if (vector instanceof BitVector bits) {
            return (row, target) -> target.appendBoolean(bits.get(row) != 0);
        }
        if (vector instanceof DecimalVector decimals) {
            return (row, target) -> {
                BigDecimal value = decimals.getObjectNotNull(row);
                target.appendUnscaled(value.unscaledValue());
            };
        }
        return number(vector);
    }

    private static Conversion number(FieldVector vector) {
        if (vector instanceof Float4Vector floats) {
            return (row, target) -> target.appendDouble(floats.get(row));
        }
        if (vector instanceof Float8Vector doubles) {
            return (row, target) -> target.appendDouble(doubles.get(row));
        }
        var fixed = (BaseFixedWidthVector) vector;
        return (row, target) -> target.appendLong(whole(fixed, row));
    }

    /** The bits of a whole number, date or time. */
    static long whole(BaseFixedWidthVector vector, int row) {
        return vector.getTypeWidth() == Integer.BYTES
                ? vector.getDataBuffer().getInt((long) row * Integer.BYTES)
                : vector.getDataBuffer().getLong((long) row * Long.BYTES);
    }

    private static void append(byte[] bytes, ValueAppender target) {
        target.appendBytes(bytes, 0, bytes.length);
    }
}
