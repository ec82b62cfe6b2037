package io.rowlake.pipeline;

import io.rowlake.sink.RetriableSinkException;
import io.rowlake.sink.SinkException;
import io.rowlake.sink.SourceResetException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A time in which a destination gets no rows: because it is out of reach, or because it refuses them and is parked. Knows
 * since when, and when to try again.
 */
final class Outage {

    private static final Logger LOG = LoggerFactory.getLogger(Outage.class);

    private final String table;
    private final FlushPolicy policy;
    private final BrokenTables brokenTables;
    private @Nullable Instant since;
    private @Nullable RetriableSinkException latest;
    private @Nullable SinkException parked;
    private boolean mustBeSaid;
    private Instant notBefore = Instant.EPOCH;

    Outage(String table, FlushPolicy policy, BrokenTables brokenTables) {
        this.table = table;
        this.policy = policy;
        this.brokenTables = brokenTables;
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

    /**
     * The destination refuses. It is left alone until the next try.
     *
     * @throws SinkException the refusal itself, if broken tables are to fail the task
     */
    void park(Instant now, SinkException refusal) {
        if (brokenTables.action() == BrokenTables.Action.FAIL) {
            throw refusal;
        }
        since = now;
        parked = refusal;
        mustBeSaid = true;
        notBefore = now.plus(brokenTables.retryInterval());
    }

    /** Why the destination is parked, empty if it isn't. */
    Optional<SinkException> parked() {
        return Optional.ofNullable(parked);
    }

    /** Says that the destination is parked, once after each try. */
    void report() {
        if (parked != null && mustBeSaid) {
            mustBeSaid = false;
            LOG.error(
                    "Table {} is parked: {}. Its partitions are paused, nothing of them is committed, and their records stay"
                            + " in Kafka. The other tables go on. {}",
                    table,
                    parked.getMessage(),
                    nextTry(parked),
                    parked);
        }
    }

    private String nextTry(SinkException refusal) {
        return refusal instanceof SourceResetException
                ? "It is tried again only by a restart of the task"
                : "Next try in " + brokenTables.retryInterval().toMillis()
                        + " ms (table.retry.interval.ms), or with a restart of the task";
    }

    /** Why the destination was out of reach when it last was, null if it never was. */
    @Nullable
    RetriableSinkException latest() {
        return latest;
    }

    /** Whether it is time. What can't get better by itself is only said again then. */
    boolean mayTryAgain(Instant now) {
        if (now.isBefore(notBefore)) {
            return false;
        }
        if (parked instanceof SourceResetException) {
            park(now, parked);
            return false;
        }
        return true;
    }

    /**
     * Waits for the next try.
     *
     * @throws SinkException if the destination has been out of reach for longer than the delivery timeout
     */
    void continued(Instant now, RetriableSinkException cause) {
        if (parked != null) {
            mustBeSaid = true;
            notBefore = now.plus(brokenTables.retryInterval());
            return;
        }
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
        parked = null;
        LOG.info("Destination {} is back", table);
    }
}
