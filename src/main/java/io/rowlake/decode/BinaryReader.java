package io.rowlake.decode;

import io.rowlake.batch.ValueAppender;
import io.rowlake.decode.Tokens.Token;
import java.util.Base64;

/** Bytes, or their base64. */
record BinaryReader() implements ValueReader {

    private static final String EXPECTED = "bytes, in JSON as base64,";

    @Override
    public void readPresent(Tokens tokens, ValueAppender target) {
        byte[] bytes = bytes(tokens);
        target.appendBytes(bytes, 0, bytes.length);
    }

    static byte[] bytes(Tokens tokens) {
        if (tokens.token() == Token.BYTES) {
            return tokens.bytesValue();
        }
        if (tokens.token() != Token.TEXT) {
            throw WrongValueException.expected(EXPECTED, tokens);
        }
        try {
            return Base64.getDecoder().decode(tokens.text());
        } catch (IllegalArgumentException e) {
            throw WrongValueException.expected(EXPECTED, tokens);
        }
    }
}
