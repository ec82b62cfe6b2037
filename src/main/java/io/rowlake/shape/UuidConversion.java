package io.rowlake.shape;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rowlake.batch.ValueAppender;
import io.rowlake.event.CanonicalUuid;
import org.apache.arrow.vector.VarCharVector;

/** Canonical texts of UUIDs as UUIDs. */
record UuidConversion(VarCharVector texts) implements Conversion {

    @Override
    public void append(int row, ValueAppender target) {
        if (texts.isNull(row)) {
            target.appendNull();
            return;
        }
        String text = new String(texts.get(row), UTF_8);
        try {
            byte[] bytes = CanonicalUuid.bytes(text);
            target.appendBytes(bytes, 0, bytes.length);
        } catch (IllegalArgumentException e) {
            throw MisfitException.of(CanonicalUuid.EXPECTED, text);
        }
    }
}
