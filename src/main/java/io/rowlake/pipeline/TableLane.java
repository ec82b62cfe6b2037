package io.rowlake.pipeline;

import io.rowlake.batch.BatchMemory;
import io.rowlake.decode.RawRecord;
import io.rowlake.event.MalformedEventException;
import io.rowlake.event.MalformedEventsException;
import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePartition;
import io.rowlake.event.SourcePosition;
import io.rowlake.sink.CommitResult;
import io.rowlake.sink.RetriableSinkException;
import io.rowlake.sink.SinkException;
import io.rowlake.sink.SourceResetException;
import io.rowlake.sink.TableSink;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of changes into one table: decoded into a batch, staged when it is full, committed when they are due.
 *
 * <p>There is one way back from any trouble with the destination: forget what is not committed, ask the destination how
 * far it is, and have the records come again from there.
 */
final class TableLane implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TableLane.class);

    private final String table;
    private final TableSink sink;
    private final FlushPolicy policy;
    private final DeliveryOrder source;
    private final InstantSource clock;
    private final PipelineCounters counters;
    private final OpenBatch batch;
    private final Intake intake;
    private final Map<SourcePartition, Progress> partitions = new HashMap<>();
    private final Outage outage;
    private final Rejections rejections = new Rejections();
    private @Nullable Instant oldestChange;
    private long rowsSinceCommit;

    TableLane(String table, TableSink sink, DeliveryOrder source, PipelineParts parts, BatchMemory memory) {
        this.table = table;
        this.sink = sink;
        this.policy = parts.policy();
        this.source = source;
        this.clock = parts.clock();
        this.counters = parts.counters();
        this.batch = new OpenBatch(memory, parts, sink);
        this.intake = new Intake(table, batch, parts);
        this.outage = new Outage(table, policy, parts.brokenTables());
    }

    /** Takes over partitions: they go on where the destination stands. */
    void open(Set<SourcePartition> added) {
        added.forEach(partition -> partitions.put(partition, new Progress(source.cursor(partition))));
        if (outage.isOn()) {
            suspend(added);
            return;
        }
        trying(() -> goOnFromDestination(added));
    }

    /** Goes on with the partitions of a lane that was left alone: from the destination, or from where that one began. */
    void openAfter(TableLane former) {
        partitions.putAll(former.partitions);
        trying(() -> goOnFromDestination(partitions()));
    }

    String table() {
        return table;
    }

    boolean has(SourcePartition partition) {
        return partitions.containsKey(partition);
    }

    Set<SourcePartition> partitions() {
        return Set.copyOf(partitions.keySet());
    }

    /** The records that come from now on are those after the rewinds that were asked for. */
    void deliveryBegins() {
        if (!outage.isOn()) {
            partitions.values().forEach(Progress::rewound);
        }
    }

    /**
     * Appends the record to the batch, or passes it over if the destination has it.
     *
     * @throws MalformedEventException if the record is bad; {@link #reject} makes the lane go on after it
     */
    void accept(RawRecord record) {
        Progress progress = attached(record.position().partition());
        if (progress.isSetBackBy(record.position().offset())) {
            refuseReset(record.position(), progress);
        }
        if (!progress.wants(record.position().offset())) {
            progress.passedOver(record.position().offset());
            counters.skipped();
            return;
        }
        MalformedEventException knownReason = rejections.reason(record.position());
        if (knownReason != null) {
            throw knownReason;
        }
        try {
            if (intake.append(record)) {
                rowsSinceCommit++;
            }
            took(progress, record.position());
        } catch (RetriableSinkException e) {
            progress.passedOver(record.position().offset());
            beginOutage(e);
        } catch (MalformedEventsException e) {
            progress.passedOver(record.position().offset());
            startOver(e);
        } catch (SinkException e) {
            progress.passedOver(record.position().offset());
            park(e);
        }
    }

    /** Goes on after a record that was reported as bad. */
    void reject(SourcePosition position) {
        Progress progress = attached(position.partition());
        counters.bad();
        if (progress.wants(position.offset())) {
            took(progress, position);
        } else {
            // A rewind brings it again, with the records before it: to go on after it would pass those over.
            progress.passedOver(position.offset());
        }
    }

    /** The commit that it is time for, if any. Looks again at a destination that was out of reach. */
    Optional<LaneCommit> dueCommit() {
        if (outage.isOn()) {
            tryAgain();
            return Optional.empty();
        }
        return isDue() ? Optional.of(prepared(sink::commit)) : Optional.empty();
    }

    /** A commit of all that was accepted, if there is any and the destination is not out of reach. */
    Optional<LaneCommit> fullCommit() {
        return outage.isOn() || oldestChange == null ? Optional.empty() : Optional.of(prepared(sink::commitAll));
    }

    /** Why the table is parked, empty if it isn't. */
    Optional<SinkException> parked() {
        return outage.parked();
    }

    /** Says that the table is parked, if it is, as often as it is to be said. */
    void report() {
        outage.report();
    }

    /** Why the destination was out of reach when it last was, null if it never was. */
    @Nullable
    RetriableSinkException latestOutage() {
        return outage.latest();
    }

    /** Gives partitions up. What was accepted of them and not committed is not theirs to keep. */
    void close(Set<SourcePartition> removed) {
        partitions.keySet().removeAll(removed);
    }

    /** How far the partition's records are safe in the destination, and whether any are not. */
    @Nullable
    Progress progress(SourcePartition partition) {
        return partitions.get(partition);
    }

    @Override
    public void close() {
        if (outage.parked().isPresent()) {
            counters.unparked();
        }
        batch.close();
        sink.close();
    }

    /** To pass such records over, as those that the destination has, would lose the rows of another topic. */
    private void refuseReset(SourcePosition found, Progress progress) {
        park(new SourceResetException(table, progress.next().orElse(0), found));
    }

    private Progress attached(SourcePartition partition) {
        Progress known = partitions.get(partition);
        if (known != null) {
            return known;
        }
        // Its topic was renamed on the way, so that the table was unknown when the partition was assigned.
        open(Set.of(partition));
        return progressOf(partition);
    }

    private void took(Progress progress, SourcePosition position) {
        if (progress.isNew() && position.offset() > 0) {
            LOG.info(
                    "{} has nothing recorded of {}, and gets its records from {} on",
                    table,
                    position.partition(),
                    position);
        }
        progress.took(position.offset());
        if (oldestChange == null) {
            oldestChange = clock.instant();
        }
    }

    private boolean isDue() {
        return oldestChange != null
                && (rowsSinceCommit >= policy.rowsMax()
                        || !clock.instant().isBefore(oldestChange.plus(policy.interval())));
    }

    private LaneCommit prepared(Function<SourceOffsets, CommitResult> commit) {
        SourceOffsets reached = reached();
        return new LaneCommit(
                this,
                () -> {
                    batch.stage();
                    return commit.apply(reached);
                },
                clock);
    }

    /** Goes on after a commit. */
    void settle(LaneCommit commit) {
        trying(() -> {
            CommitResult result = commit.result();
            long millis = commit.time().toMillis();
            counters.committed(result.rows(), millis);
            if (result.rows() > 0) {
                LOG.info(
                        "Committed {} rows to {} in {} ms, up to {}", result.rows(), table, millis, result.committed());
            }
            settle(result);
        });
    }

    private void settle(CommitResult result) {
        oldestChange = null;
        rowsSinceCommit = 0;
        result.committed().asMap().forEach((partition, offset) -> {
            Progress progress = partitions.get(partition);
            if (progress != null) {
                progress.committedUpTo(offset);
            }
        });
        rejections.forgetBefore(result.committed());
        if (!result.overtaken().isEmpty()) {
            counters.overtaken();
            LOG.warn(
                    "Another task has moved {} of {}: what this task had of them is dropped and read again from {}",
                    result.overtaken(),
                    table,
                    result.committed());
            batch.forget();
            goOnFromDestination(result.overtaken());
        }
        if (partitions.values().stream().anyMatch(Progress::isPending)) {
            // A part is still staged under the sink's own limits, so there is something to look after.
            oldestChange = clock.instant();
        }
        source.requestCommit();
    }

    private SourceOffsets reached() {
        Map<SourcePartition, Long> next = new HashMap<>();
        partitions.forEach((partition, progress) -> progress.next().ifPresent(offset -> next.put(partition, offset)));
        return SourceOffsets.of(next);
    }

    /** Does a step that needs the destination. If it doesn't go well, the lane goes on in its way. */
    private void trying(Runnable step) {
        try {
            step.run();
        } catch (RetriableSinkException e) {
            beginOutage(e);
        } catch (MalformedEventsException e) {
            startOver(e);
        } catch (SinkException e) {
            park(e);
        }
    }

    /** Leaves the table alone for a while, since it refuses. Its records stay in Kafka. */
    private void park(SinkException refusal) {
        boolean wasParked = outage.parked().isPresent();
        outage.park(clock.instant(), refusal);
        if (!wasParked) {
            counters.parked();
        }
        forgetUncommitted();
        suspend(partitions.keySet());
    }

    /** Forgets everything that is not committed: it will come again once the destination is back. */
    private void beginOutage(RetriableSinkException cause) {
        outage.begin(clock.instant(), cause);
        counters.retried();
        forgetUncommitted();
        suspend(partitions.keySet());
    }

    /** Has everything that is not committed come again, to take it without the events that turned out bad. */
    private void startOver(MalformedEventsException bad) {
        LOG.info(
                "{} events for {} can't be written; they are read again with those after the last commit, and reported: {}",
                bad.events().size(),
                table,
                bad.getMessage());
        rejections.add(bad);
        forgetUncommitted();
        trying(() -> goOnFromDestination(partitions()));
    }

    private void forgetUncommitted() {
        batch.forget();
        sink.discard();
        oldestChange = null;
        rowsSinceCommit = 0;
    }

    private void suspend(Set<SourcePartition> suspended) {
        suspended.forEach(partition -> progressOf(partition).awaitRewind());
        source.pause(Set.copyOf(suspended));
    }

    private void tryAgain() {
        if (!outage.mayTryAgain(clock.instant())) {
            return;
        }
        try {
            goOnFromDestination(partitions());
            endOutage();
        } catch (RetriableSinkException e) {
            counters.retried();
            trying(() -> outage.continued(clock.instant(), e));
        } catch (SinkException e) {
            park(e);
        }
    }

    private void endOutage() {
        if (outage.parked().isPresent()) {
            counters.unparked();
        }
        outage.end();
        source.resume(partitions());
    }

    private void goOnFromDestination(Set<SourcePartition> asked) {
        SourceOffsets committed = sink.open(asked);
        for (SourcePartition partition : asked) {
            Progress progress = progressOf(partition);
            OptionalLong known = committed.next(partition);
            OptionalLong replay = known.isPresent() ? known : progress.replayFrom();
            progress.opened(known);
            if (replay.isPresent()) {
                progress.awaitRewind();
                source.rewind(partition, replay.getAsLong());
            }
        }
        if (!committed.isEmpty()) {
            // Kafka may not have been told yet, and perhaps no record comes that would be an occasion.
            source.requestCommit();
        }
    }

    private Progress progressOf(SourcePartition partition) {
        return Objects.requireNonNull(partitions.get(partition));
    }
}
