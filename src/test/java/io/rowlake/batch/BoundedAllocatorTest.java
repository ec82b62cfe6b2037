package io.rowlake.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.junit.jupiter.api.Test;

final class BoundedAllocatorTest {

    private static final long BOUND = 100_000;

    @Test
    void aBufferGrowsByAnEighthOrNotAtAllOnceItCannotDouble() {
        try (var memory = new BatchMemory();
                BufferAllocator allocator = memory.newBatchAllocator()) {
            var bounded = new BoundedAllocator(allocator, BOUND);
            bounded.rowIsComplete();
            ArrowBuf buffer = bounded.grown(bounded.empty(), 0, 45_000);

            buffer = bounded.grown(buffer, 0, 45_100);
            assertThat(buffer.capacity()).isGreaterThanOrEqualTo(45_000 * 9 / 8);
            ArrowBuf full = buffer;
            assertThatThrownBy(() -> bounded.grown(full, 0, full.capacity() + 1))
                    .isInstanceOf(BatchFullException.class);

            full.close();
        }
    }
}
