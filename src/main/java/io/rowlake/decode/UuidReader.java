package io.rowlake.decode;

import io.rowlake.batch.ValueAppender;
import io.rowlake.decode.Tokens.Token;
import java.nio.ByteBuffer;
import java.util.UUID;

/** UUIDs as their canonical text, or as their 16 bytes. */
record UuidReader() implements ValueReader {

    private static final int BYTES = 16;
    private static final int TEXT_LENGTH = 36;
    private static final String EXPECTED = "a UUID such as 123e4567-e89b-12d3-a456-426614174000";

    @Override
    public void readPresent(Tokens tokens, ValueAppender target) {
        byte[] bytes = tokens.token() == Token.BYTES ? tokens.bytesValue() : parsed(tokens);
        if (bytes.length != BYTES) {
            throw WrongValueException.expected(EXPECTED, tokens);
        }
        target.appendBytes(bytes, 0, BYTES);
    }

    private static byte[] parsed(Tokens tokens) {
        // The JDK would also take groups that are too short.
        if (tokens.token() != Token.TEXT || tokens.text().length() != TEXT_LENGTH) {
            throw WrongValueException.expected(EXPECTED, tokens);
        }
        try {
            UUID uuid = UUID.fromString(tokens.text());
            return ByteBuffer.allocate(BYTES)
                    .putLong(uuid.getMostSignificantBits())
                    .putLong(uuid.getLeastSignificantBits())
                    .array();
        } catch (IllegalArgumentException e) {
            throw WrongValueException.expected(EXPECTED, tokens);
        }
    }
}
