package io.rowlake.decode;

import io.rowlake.batch.ValueAppender;
import io.rowlake.decode.Tokens.Token;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Decimals as their unscaled bytes or the base64 of them; where a converter has made numbers of them already, as numbers.
 *
 * @param scale of the source
 */
record UnscaledDecimalReader(DecimalReader decimals, int scale) implements ValueReader {

    @Override
    public void readPresent(Tokens tokens, ValueAppender target) {
        if (tokens.token() == Token.BYTES || tokens.token() == Token.TEXT) {
            byte[] unscaled = BinaryReader.bytes(tokens);
            if (unscaled.length == 0) {
                throw decimals.wrong(tokens);
            }
            decimals.append(new BigDecimal(new BigInteger(unscaled), scale), tokens, target);
        } else {
            decimals.readPresent(tokens, target);
        }
    }
}
