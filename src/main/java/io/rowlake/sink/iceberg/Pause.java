package io.rowlake.sink.iceberg;

import io.rowlake.sink.RetriableSinkException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Waiting between two tries, for a time that differs from task to task. */
final class Pause {

    private Pause() {}

    /** Sleeps between half of the time and the whole of it. */
    static void about(Duration time) {
        long millis = time.toMillis();
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(millis / 2, millis + 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RetriableSinkException("Interrupted while waiting for the Iceberg catalog", e);
        }
    }
}
