package io.rowlake.decode;

import io.rowlake.batch.ValueAppender;
import io.rowlake.decode.Tokens.Token;
import io.rowlake.event.CanonicalUuid;

/** UUIDs as their canonical text, or as their 16 bytes. */
record UuidReader() implements ValueReader {

    private static final int BYTES = 16;

    @Override
    public void readPresent(Tokens tokens, ValueAppender target) {
        byte[] bytes = tokens.token() == Token.BYTES ? tokens.bytesValue() : parsed(tokens);
        if (bytes.length != BYTES) {
            throw WrongValueException.expected(CanonicalUuid.EXPECTED, tokens);
        }
        target.appendBytes(bytes, 0, BYTES);
    }

    private static byte[] parsed(Tokens tokens) {
        if (tokens.token() != Token.TEXT) {
            throw WrongValueException.expected(CanonicalUuid.EXPECTED, tokens);
        }
        try {
            return CanonicalUuid.bytes(tokens.text());
        } catch (IllegalArgumentException e) {
            throw WrongValueException.expected(CanonicalUuid.EXPECTED, tokens);
        }
    }
}
