package io.rowlake.sink.file;

import java.util.UUID;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.FixedSizeBinaryVector;

/** UUIDs in their canonical form. */
final class UuidText {

    private UuidText() {}

    static String of(FixedSizeBinaryVector vector, int row) {
        ArrowBuf bytes = vector.getDataBuffer();
        long start = (long) row * vector.getByteWidth();
        // Arrow reads numbers least significant byte first, a UUID is the other way round.
        long most = Long.reverseBytes(bytes.getLong(start));
        long least = Long.reverseBytes(bytes.getLong(start + Long.BYTES));
        return new UUID(most, least).toString();
    }
}
