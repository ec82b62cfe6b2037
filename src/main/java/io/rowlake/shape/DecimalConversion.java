package io.rowlake.shape;

import io.rowlake.batch.ValueAppender;
import io.rowlake.event.ColumnType.DecimalType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;

/** Numbers as decimals, exactly. A floating point number counts as the shortest decimal that reads back as it. */
record DecimalConversion(FieldVector vector, DecimalType type) implements Conversion {

    @Override
    public void append(int row, ValueAppender target) {
        if (vector.isNull(row)) {
            target.appendNull();
            return;
        }
        try {
            BigDecimal value = value(row).setScale(type.scale(), RoundingMode.UNNECESSARY);
            target.appendUnscaled(value.unscaledValue());
        } catch (ArithmeticException | NumberFormatException e) {
            throw MisfitException.of("a number that " + type + " holds exactly", vector.getObject(row));
        }
    }

    private BigDecimal value(int row) {
        return vector instanceof DecimalVector decimals
                ? decimals.getObjectNotNull(row)
                : new BigDecimal(String.valueOf(vector.getObject(row)));
    }
}
