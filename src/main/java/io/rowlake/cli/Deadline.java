package io.rowlake.cli;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A moment up to which something is waited for, measured on the monotonic clock. */
final class Deadline {

    private static final long POLL_MILLIS = 50;

    private final long nanos;

    private Deadline(long nanos) {
        this.nanos = nanos;
    }

    static Deadline in(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos());
    }

    boolean isPast() {
        return System.nanoTime() - nanos >= 0;
    }

    /** Polls until the condition holds; false when the deadline passed first. */
    boolean await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            if (isPast()) {
                return false;
            }
            pause(POLL_MILLIS);
        }
        return true;
    }

    /** Waits a moment between two looks at another process. */
    static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CommandException("Interrupted while waiting", interrupted);
        }
    }
}
