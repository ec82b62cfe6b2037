package io.rowlake.decode;

import io.rowlake.batch.ValueAppender;
import io.rowlake.decode.Tokens.Token;

/** Whole numbers in a range, which {@code expected} describes. */
record WholeNumberReader(long min, long max, String expected) implements ValueReader {

    @Override
    public void readPresent(Tokens tokens, ValueAppender target) {
        long value = exact(tokens, expected);
        if (value < min || value > max) {
            throw WrongValueException.expected(expected, tokens);
        }
        target.appendLong(value);
    }

    /** The whole number of 64 bits that the current value is, be it written as {@code 1000}, {@code 1e3} or {@code 1000.0}. */
    static long exact(Tokens tokens, String expected) {
        if (tokens.token() == Token.INTEGER && tokens.isLong()) {
            return tokens.longValue();
        }
        if (tokens.token() == Token.FRACTION) {
            try {
                return tokens.decimalValue().longValueExact();
            } catch (ArithmeticException e) {
                throw WrongValueException.expected(expected, tokens);
            }
        }
        throw WrongValueException.expected(expected, tokens);
    }
}
