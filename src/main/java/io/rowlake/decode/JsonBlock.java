package io.rowlake.decode;

import java.util.Arrays;

/** A stretch of JSON text in an array that belongs to somebody else. */
@SuppressWarnings("ArrayRecordComponent") // A window of the array, compared by `hasSameBytes` alone.
record JsonBlock(byte[] bytes, int offset, int length) {

    boolean hasSameBytes(JsonBlock other) {
        return Arrays.equals(bytes, offset, offset + length, other.bytes, other.offset, other.offset + other.length);
    }

    /** For keeping beyond the record. */
    JsonBlock copy() {
        return new JsonBlock(Arrays.copyOfRange(bytes, offset, offset + length), 0, length);
    }
}
