package io.rowlake.batch;

import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.memory.unsafe.UnsafeAllocationManager;

/**
 * The off-heap memory of one task's batches. Safe to read from any thread.
 *
 * <p>Memory comes from Arrow's unsafe allocation manager, which needs no JVM flag on Java 17 as long as nobody asks a
 * buffer for its {@code nioBuffer}.
 */
public final class BatchMemory implements AutoCloseable {

    private static final long CACHE_LINE_BYTES = 64;

    private final RootAllocator root = new RootAllocator(RootAllocator.configBuilder()
            .allocationManagerFactory(UnsafeAllocationManager.FACTORY)
            // Arrow would round up to powers of two, and a batch of one large row would take twice its size.
            .roundingPolicy(BatchMemory::roundedToCacheLine)
            .build());

    /** Bytes held at this moment. */
    public long allocatedBytes() {
        return root.getAllocatedMemory();
    }

    /** The most bytes held at any moment since the start. */
    public long peakBytes() {
        return root.getPeakMemoryAllocation();
    }

    BufferAllocator newBatchAllocator() {
        return root.newChildAllocator("batch", 0, Long.MAX_VALUE);
    }

    static long roundedToCacheLine(long bytes) {
        return (bytes + CACHE_LINE_BYTES - 1) / CACHE_LINE_BYTES * CACHE_LINE_BYTES;
    }

    /**
     * Gives the memory back.
     *
     * @throws IllegalStateException if a batch was not closed
     */
    @Override
    public void close() {
        root.close();
    }
}
