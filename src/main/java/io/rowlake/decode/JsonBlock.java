package io.rowlake.decode;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A stretch of JSON text in an array that belongs to somebody else. */
@SuppressWarnings("ArrayRecordComponent") // A window of the array, compared by `isAt` alone.
record JsonBlock(byte[] bytes, int offset, int length) {

    /** Whether a text goes on with the same bytes. */
    boolean isAt(byte[] text, int start) {
        return length <= text.length - start
                && Arrays.equals(bytes, offset, offset + length, text, start, start + length);
    }

    /** The other one where it has the same bytes, so that blocks can be told apart by identity; else this one. */
    JsonBlock orSame(@Nullable JsonBlock other) {
        return other != null && length == other.length && isAt(other.bytes, other.offset) ? other : this;
    }

    /** For keeping beyond the record. */
    JsonBlock copy() {
        return new JsonBlock(Arrays.copyOfRange(bytes, offset, offset + length), 0, length);
    }
}
