package io.rowlake.sink.file;

import java.time.Duration;

/**
 * When a file is complete: at the first of three limits that it reaches.
 *
 * @param bytes size as written, after compression
 * @param interval time since the first row
 * @param records rows
 */
public record RollSettings(long bytes, Duration interval, long records) {

    private static final long DEFAULT_BYTES = 128L * 1024 * 1024;

    public RollSettings {
        requirePositive(bytes, "bytes");
        requirePositive(records, "records");
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("Roll interval must be positive but was " + interval);
        }
    }

    /** 128 MiB, ten minutes, and no limit to the rows. */
    public static RollSettings defaults() {
        return new RollSettings(DEFAULT_BYTES, Duration.ofMinutes(10), Long.MAX_VALUE);
    }

    private static void requirePositive(long value, String name) {
        if (value <= 0) {
            throw new IllegalArgumentException("Roll " + name + " must be positive but was " + value);
        }
    }
}
