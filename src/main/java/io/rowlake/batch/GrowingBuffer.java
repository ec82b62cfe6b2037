package io.rowlake.batch;

import org.apache.arrow.memory.ArrowBuf;

/** One off-heap buffer that grows as values come. Bytes never written are zero. */
final class GrowingBuffer {

    private final BoundedAllocator memory;
    private ArrowBuf buffer;

    GrowingBuffer(BoundedAllocator memory) {
        this.memory = memory;
        this.buffer = memory.empty();
    }

    /** The buffer with room for {@code bytes}. The first {@code used} bytes are kept. */
    ArrowBuf withRoomFor(long bytes, long used) {
        if (bytes > buffer.capacity()) {
            buffer = memory.grown(buffer, used, bytes);
        }
        return buffer;
    }

    ArrowBuf buffer() {
        return buffer;
    }

    void release() {
        buffer.close();
        buffer = memory.empty();
    }
}
