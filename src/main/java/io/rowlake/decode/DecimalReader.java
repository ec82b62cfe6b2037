package io.rowlake.decode;

import io.rowlake.batch.ValueAppender;
import io.rowlake.decode.Tokens.Token;
import io.rowlake.event.ColumnType.DecimalType;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Decimals as numbers, or as their text. Never rounded. */
record DecimalReader(DecimalType type) implements ValueReader {

    @Override
    public void readPresent(Tokens tokens, ValueAppender target) {
        append(value(tokens), tokens, target);
    }

    private BigDecimal value(Tokens tokens) {
        Token token = tokens.token();
        if (token == Token.INTEGER) {
            return new BigDecimal(tokens.bigIntegerValue());
        }
        if (token == Token.FRACTION) {
            return tokens.decimalValue();
        }
        if (token != Token.TEXT) {
            throw wrong(tokens);
        }
        try {
            return new BigDecimal(tokens.text());
        } catch (NumberFormatException e) {
            throw wrong(tokens);
        }
    }

    /** Appends a number that the current value stands for. */
    void append(BigDecimal number, Tokens tokens, ValueAppender target) {
        // The digits are counted first: 1e999999999 must not be written out.
        BigDecimal shortest = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
        long wholeDigits = (long) shortest.precision() - shortest.scale();
        if (wholeDigits > type.precision() - type.scale() || shortest.scale() > type.scale()) {
            throw wrong(tokens);
        }
        target.appendUnscaled(
                shortest.setScale(type.scale(), RoundingMode.UNNECESSARY).unscaledValue());
    }

    WrongValueException wrong(Tokens tokens) {
        return WrongValueException.expected(
                "a decimal of at most " + (type.precision() - type.scale()) + " digits before and " + type.scale()
                        + " after the point",
                tokens);
    }
}
