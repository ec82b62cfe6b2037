package io.rowlake.decode;

import io.rowlake.batch.ValueAppender;
import io.rowlake.decode.Tokens.Token;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Debezium's decimals that have a scale each, as text in plain notation. */
record VariableScaleReader(Utf8Buffer scratch) implements ValueReader {

    /** What databases have stays far below; beyond, plain notation is nothing but zeros. */
    private static final int SCALE_MAX = 10_000;

    private static final String SCALE = "a whole number from -" + SCALE_MAX + " to " + SCALE_MAX;

    @Override
    public void readPresent(Tokens tokens, ValueAppender target) {
        if (tokens.token() != Token.BEGIN_OBJECT) {
            throw WrongValueException.expected("an object of scale and value", tokens);
        }
        long scale = Long.MAX_VALUE;
        @Nullable BigInteger unscaled = null;
        while (tokens.next() == Token.NAME) {
            String name = tokens.name();
            tokens.next();
            if (name.equals("scale")) {
                scale = WholeNumberReader.exact(tokens, SCALE);
            } else if (name.equals("value")) {
                unscaled = new BigInteger(BinaryReader.bytes(tokens));
            } else {
                tokens.skip();
            }
        }
        if (unscaled == null || Math.abs(scale) > SCALE_MAX) {
            throw new WrongValueException("must be an object of value and scale, the scale " + SCALE
                    + ", but one of them is missing or out of its range");
        }
        scratch.clear();
        scratch.ascii(new BigDecimal(unscaled, (int) scale).toPlainString());
        scratch.appendTo(target);
    }
}
