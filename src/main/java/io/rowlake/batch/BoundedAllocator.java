package io.rowlake.batch;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/** Grows the buffers of one batch, and refuses to when rows are there and the bound would be passed. */
final class BoundedAllocator {

    private static final long BYTES_MIN = 256;

    private final BufferAllocator allocator;
    private final long bytesMax;
    private boolean alone = true;

    BoundedAllocator(BufferAllocator allocator, long bytesMax) {
        this.allocator = allocator;
        this.bytesMax = bytesMax;
    }

    BufferAllocator allocator() {
        return allocator;
    }

    /** From now on the bound holds: the batch has a row that must not wait for the next. */
    void rowIsComplete() {
        alone = false;
    }

    ArrowBuf empty() {
        return allocator.getEmpty();
    }

    /**
     * A buffer of at least {@code needed} bytes that begins with the {@code used} bytes of {@code old}, which it
     * releases. The rest is zero.
     *
     * @throws BatchFullException if the bound would be passed; {@code old} is left as it is
     */
    ArrowBuf grown(ArrowBuf old, long used, long needed) {
        ArrowBuf buffer = allocator.buffer(newCapacity(old.capacity(), needed));
        buffer.setBytes(0, old, 0, used);
        buffer.setZero(used, buffer.capacity() - used);
        old.close();
        return buffer;
    }

    private long newCapacity(long capacity, long needed) {
        // The old buffer lives until its bytes are copied, and the allocator counts both.
        long free = bytesMax - allocator.getAllocatedMemory();
        long doubled = BatchMemory.roundedToCacheLine(Math.max(Math.max(needed, 2 * capacity), BYTES_MIN));
        if (doubled <= free) {
            return doubled;
        }
        // At least an eighth more: growing by what one value needs would copy the whole buffer for each value.
        long eighthMore = BatchMemory.roundedToCacheLine(Math.max(needed, capacity + capacity / 8));
        if (eighthMore <= free) {
            return eighthMore;
        }
        if (!alone) {
            throw new BatchFullException(bytesMax);
        }
        return eighthMore;
    }
}
