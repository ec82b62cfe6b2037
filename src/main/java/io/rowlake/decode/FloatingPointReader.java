package io.rowlake.decode;

import io.rowlake.batch.ValueAppender;
import io.rowlake.decode.Tokens.Token;

/**
 * Floating point numbers, rounded to the nearest.
 *
 * @param wholeMax the largest whole number up to which the type holds every one
 * @param finiteMax what larger magnitudes than the largest finite number are rounded from
 */
record FloatingPointReader(String expected, long wholeMax, double finiteMax) implements ValueReader {

    private static final long DOUBLE_WHOLE_MAX = 1L << 53;
    private static final long FLOAT_WHOLE_MAX = 1L << 24;
    /** Half way from the largest float to what would be the next: from here on a float is infinite. */
    private static final double FLOAT_LIMIT = 0x1.ffffffp127;

    static FloatingPointReader ofDouble() {
        return new FloatingPointReader("a number of 64 bits", DOUBLE_WHOLE_MAX, Double.MAX_VALUE);
    }

    static FloatingPointReader ofFloat() {
        return new FloatingPointReader("a number of 32 bits", FLOAT_WHOLE_MAX, Math.nextDown(FLOAT_LIMIT));
    }

    @Override
    public void readPresent(Tokens tokens, ValueAppender target) {
        Token token = tokens.token();
        if (token == Token.FRACTION) {
            target.appendDouble(finite(tokens));
        } else if (token == Token.INTEGER) {
            target.appendDouble(whole(tokens));
        } else if (token == Token.NON_FINITE) {
            target.appendDouble(tokens.doubleValue());
        } else if (token == Token.TEXT) {
            target.appendDouble(named(tokens));
        } else {
            throw WrongValueException.expected(expected, tokens);
        }
    }

    @Override
    public int readRun(Tokens tokens, ValueAppender target) {
        return tokens.appendNumbers(finiteMax, target);
    }

    private double finite(Tokens tokens) {
        double value = tokens.doubleValue();
        if (Math.abs(value) > finiteMax) {
            throw WrongValueException.expected(expected, tokens);
        }
        return value;
    }

    private double whole(Tokens tokens) {
        if (!tokens.isLong() || tokens.longValue() > wholeMax || tokens.longValue() < -wholeMax) {
            throw new WrongValueException(
                    "must be " + expected + ", which holds whole numbers exactly up to " + wholeMax + ", but was "
                            + tokens.found() + ": write it with a point or an exponent if it may be rounded");
        }
        return tokens.longValue();
    }

    private double named(Tokens tokens) {
        return switch (tokens.text()) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> throw WrongValueException.expected(expected, tokens);
        };
    }
}
