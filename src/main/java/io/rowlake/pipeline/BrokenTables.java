package io.rowlake.pipeline;

import java.time.Duration;

/**
 * What becomes of a table that refuses its rows, where trying again at once can't help.
 *
 * @param action what happens
 * @param retryInterval how long a parked table is left alone before the next try
 */
public record BrokenTables(Action action, Duration retryInterval) {

    /** The choices. */
    public enum Action {
        /** The table's partitions pause, and the other tables of the task go on. */
        PARK,
        /** The task fails. */
        FAIL
    }

    public BrokenTables {
        if (retryInterval.isNegative() || retryInterval.isZero()) {
            throw new IllegalArgumentException("retryInterval must be positive but was " + retryInterval);
        }
    }
}
