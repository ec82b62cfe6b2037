package io.rowlake.shape;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rowlake.batch.ValueAppender;
import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.arrow.vector.VarCharVector;

/** Canonical texts of UUIDs as UUIDs. */
record UuidConversion(VarCharVector texts) implements Conversion {

    private static final Pattern CANONICAL = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    @Override
    public void append(int row, ValueAppender target) {
        if (texts.isNull(row)) {
            target.appendNull();
            return;
        }
        String text = new String(texts.get(row), UTF_8);
        if (!CANONICAL.matcher(text).matches()) {
            throw MisfitException.of("a UUID such as 123e4567-e89b-12d3-a456-426614174000", text);
        }
        UUID uuid = UUID.fromString(text);
        byte[] bytes = ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array();
        target.appendBytes(bytes, 0, bytes.length);
    }
}
