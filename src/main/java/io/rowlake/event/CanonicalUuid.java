package io.rowlake.event;

import java.nio.ByteBuffer;
import java.util.UUID;

/** UUIDs as their canonical text, and as columns hold them. */
public final class CanonicalUuid {

    /** What a message says that a value must be. */
    public static final String EXPECTED = "a UUID such as 123e4567-e89b-12d3-a456-426614174000";

    private static final int TEXT_LENGTH = 36;

    private CanonicalUuid() {}

    /**
     * The 16 bytes, most significant first.
     *
     * @throws IllegalArgumentException if the text has any other form
     */
    public static byte[] bytes(String text) {
        // The JDK would also take groups that are too short.
        if (text.length() != TEXT_LENGTH) {
            throw new IllegalArgumentException("Not the canonical form of a UUID");
        }
        UUID uuid = UUID.fromString(text);
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array();
    }
}
