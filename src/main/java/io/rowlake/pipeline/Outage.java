package io.rowlake.pipeline;

import io.rowlake.sink.RetriableSinkException;
import io.rowlake.sink.SinkException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A time in which a destination is out of reach: since when, and when to try again. */
final class Outage {

    private static final Logger LOG = LoggerFactory.getLogger(Outage.class);

    private final String table;
    private final FlushPolicy policy;
    private @Nullable Instant since;
    private @Nullable RetriableSinkException latest;
    private Instant notBefore = Instant.EPOCH;

    Outage(String table, FlushPolicy policy) {
        this.table = table;
        this.policy = policy;
    }

    boolean isOn() {
        return since != null;
    }

    void begin(Instant now, RetriableSinkException cause) {
        since = now;
        latest = cause;
        notBefore = now.plus(policy.retryBackoff());
        LOG.warn(
                "Destination {} is out of reach: {}. Its partitions pause, and are read again from what is committed; next"
                        + " try in {} ms",
                table,
                cause.getMessage(),
                policy.retryBackoff().toMillis(),
                cause);
    }

    /** Why the destination was out of reach when it last was, null if it never was. */
    @Nullable
    RetriableSinkException latest() {
        return latest;
    }

    boolean mayTryAgain(Instant now) {
        return !now.isBefore(notBefore);
    }

    /**
     * Waits for the next try.
     *
     * @throws SinkException if the destination has been out of reach for longer than the delivery timeout
     */
    void continued(Instant now, RetriableSinkException cause) {
        if (since != null && Duration.between(since, now).compareTo(policy.deliveryTimeout()) >= 0) {
            throw new SinkException(
                    "Cannot reach " + table + " for " + policy.deliveryTimeout().toMillis()
                            + " ms (delivery.timeout.ms): " + cause.getMessage(),
                    cause);
        }
        notBefore = now.plus(policy.retryBackoff());
    }

    void end() {
        since = null;
        LOG.info("Destination {} is back", table);
    }
}
