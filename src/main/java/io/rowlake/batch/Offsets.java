package io.rowlake.batch;

import org.apache.arrow.memory.ArrowBuf;

/** Where each value of a column of varying length ends, behind a leading zero. */
final class Offsets {

    private final GrowingBuffer ends;

    Offsets(BoundedAllocator memory) {
        ends = new GrowingBuffer(memory);
        ends.withRoomFor(Integer.BYTES, 0);
    }

    /** Where the values end, of which there are {@code count}. */
    int end(int count) {
        return ends.buffer().getInt((long) count * Integer.BYTES);
    }

    void append(int count, int end) {
        long used = (count + 1L) * Integer.BYTES;
        ends.withRoomFor(used + Integer.BYTES, used).setInt(used, end);
    }

    ArrowBuf buffer() {
        return ends.buffer();
    }

    void release() {
        ends.release();
    }
}
