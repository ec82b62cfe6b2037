package io.rowlake.query;

import io.rowlake.query.Syntax.ArithmeticOperator;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Arithmetic of single values. What overflows or has no result fails, and says how to mend it. */
final class Numbers {

    private static final String CAST_TO_DOUBLE = "; CAST one of the operands AS DOUBLE to go on with fewer digits";

    private Numbers() {}

    /** As in {@code width * 2}. A division is one of doubles. */
    static void whole(ArithmeticOperator operator, Cells left, Cells right, Cells to, int row) {
        long a = left.whole(row);
        long b = right.whole(row);
        try {
            switch (operator) {
                case ADD -> to.setWhole(row, Math.addExact(a, b));
                case SUBTRACT -> to.setWhole(row, Math.subtractExact(a, b));
                case MULTIPLY -> to.setWhole(row, Math.multiplyExact(a, b));
                case REMAINDER -> {
                    if (b == 0) {
                        to.setBad(row, byZero(operator, String.valueOf(a)));
                    } else {
                        to.setWhole(row, a % b);
                    }
                }
                case DIVIDE -> throw new IllegalStateException("Whole numbers are divided as doubles");
            }
        } catch (ArithmeticException e) {
            to.setBad(row, a + " " + operator.sign() + " " + b + " has more than 64 bits" + CAST_TO_DOUBLE);
        }
    }

    static void fraction(ArithmeticOperator operator, Cells left, Cells right, Cells to, int row) {
        double a = left.fraction(row);
        double b = right.fraction(row);
        switch (operator) {
            case ADD -> to.setFraction(row, a + b);
            case SUBTRACT -> to.setFraction(row, a - b);
            case MULTIPLY -> to.setFraction(row, a * b);
            case REMAINDER -> {
                if (b == 0) {
                    to.setBad(row, byZero(operator, String.valueOf(a)));
                } else {
                    to.setFraction(row, a % b);
                }
            }
            case DIVIDE -> divide(a, b, to, row);
        }
    }

    private static void divide(double a, double b, Cells to, int row) {
        if (b == 0) {
            to.setBad(row, byZero(ArithmeticOperator.DIVIDE, shortest(a)));
        } else {
            to.setFraction(row, a / b);
        }
    }

    private static String shortest(double value) {
        return value == Math.rint(value) && Math.abs(value) < 0x1p53
                ? String.valueOf((long) value)
                : String.valueOf(value);
    }

    private static String byZero(ArithmeticOperator operator, String dividend) {
        return dividend + " " + operator.sign() + " 0 has no result; write NULLIF(divisor, 0) to get null";
    }

    static void negate(Cells from, Cells to, int row) {
        if (from.whole(row) == Long.MIN_VALUE) {
            to.setBad(row, "-(" + Long.MIN_VALUE + ") has more than 64 bits");
        } else {
            to.setWhole(row, -from.whole(row));
        }
    }

    static void absolute(Cells from, Cells to, int row) {
        if (from.whole(row) >= 0) {
            to.setWhole(row, from.whole(row));
        } else {
            negate(from, to, row);
        }
    }

    /** The double with so many digits after the point that is nearest; half is rounded away from zero. */
    static double round(double value, int digits) {
        if (!Double.isFinite(value)) {
            return value;
        }
        return new BigDecimal(Double.toString(value))
                .setScale(digits, RoundingMode.HALF_UP)
                .doubleValue();
    }

    static void toFraction(Cells from, Cells to, int row) {
        to.setFraction(row, (double) from.whole(row));
    }

    /** As whole numbers in arithmetic with doubles: none that a double can't hold is rounded without a word. */
    static void toExactFraction(Cells from, Cells to, int row) {
        long value = from.whole(row);
        double nearest = (double) value;
        if ((long) nearest == value && nearest < 0x1p63) {
            to.setFraction(row, nearest);
        } else {
            to.setBad(row, value + " has more digits than a double; CAST it AS DOUBLE to have it rounded");
        }
    }
}
