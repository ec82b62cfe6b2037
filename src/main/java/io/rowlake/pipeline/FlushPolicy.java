package io.rowlake.pipeline;

import java.time.Duration;

/**
 * When changes are staged and committed, and how long a destination may be out of reach.
 *
 * @param batchBytesMax the bound of one batch in memory, as the allocator counts it
 * @param rowsMax commit once so many rows have come since the last commit
 * @param interval commit once the oldest change is so old
 * @param retryBackoff how long a destination that failed is left alone
 * @param deliveryTimeout a destination that has failed for so long fails the task
 * @param closeTimeout how long a task that gives partitions up waits for the commit of what came of them
 * @param commitThreads so many tables are committed at a time
 */
public record FlushPolicy(
        long batchBytesMax,
        long rowsMax,
        Duration interval,
        Duration retryBackoff,
        Duration deliveryTimeout,
        Duration closeTimeout,
        int commitThreads) {

    public FlushPolicy {
        requirePositive("batchBytesMax", batchBytesMax);
        requirePositive("rowsMax", rowsMax);
        requirePositive("interval", interval.toMillis());
        requirePositive("retryBackoff", retryBackoff.toMillis());
        requirePositive("deliveryTimeout", deliveryTimeout.toMillis());
        requirePositive("closeTimeout", closeTimeout.toMillis());
        requirePositive("commitThreads", commitThreads);
    }

    private static void requirePositive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " must be positive but was " + value);
        }
    }
}
