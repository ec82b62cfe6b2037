package io.rowlake.pipeline;

import io.rowlake.batch.BatchMemory;
import io.rowlake.decode.RawRecord;
import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePartition;
import io.rowlake.event.SourcePosition;
import io.rowlake.sink.RetriableSinkException;
import io.rowlake.sink.SinkException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One task's process: records go in, one lane a table takes them to its destination, and the offsets that are safe come
 * out. Used by one thread; has none of its own.
 */
public final class SinkPipeline implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SinkPipeline.class);

    private final PipelineParts parts;
    private final BatchMemory memory;
    private final Map<String, TableLane> lanes = new LinkedHashMap<>();
    private final Map<String, String> tables = new HashMap<>();
    private final Set<SourcePartition> assigned = new HashSet<>();
    private final DeliveryOrder order;
    private final CommitThreads threads;

    /** The memory is the caller's to close, after the pipeline. The routes are closed with the pipeline. */
    public SinkPipeline(PipelineParts parts, BatchMemory memory) {
        this.parts = parts;
        this.memory = memory;
        this.order = new DeliveryOrder(parts.source());
        this.threads = new CommitThreads(parts.policy().commitThreads());
    }

    /** Takes over partitions. Those that a destination knows go on where the destination stands. */
    public void open(Collection<SourcePartition> partitions) {
        assigned.addAll(partitions);
        Map<String, Set<SourcePartition>> byTable = new LinkedHashMap<>();
        for (SourcePartition partition : partitions) {
            byTable.computeIfAbsent(table(partition.topic()), any -> new HashSet<>())
                    .add(partition);
        }
        byTable.forEach((table, added) -> lane(table).open(added));
        requireOneThatWorks();
    }

    /** A new delivery begins: the records that follow stand after all rewinds that were asked for. */
    public void deliveryBegins() {
        order.deliveryBegins();
        lanes.values().forEach(TableLane::deliveryBegins);
    }

    /**
     * Takes a record. Those of a partition come in order, and again only after a rewind.
     *
     * @throws io.rowlake.event.MalformedEventException if the record is bad; {@link #reject} makes the stream go on
     *     without it
     */
    public void accept(RawRecord record) {
        lane(table(record.topic())).accept(record);
    }

    /** Goes on after a bad record, which somebody else has taken care of. */
    public void reject(String topic, SourcePosition position) {
        lane(table(topic)).reject(position);
    }

    /** Commits what is due, several tables at a time. To be called often, also when no record comes. */
    public void tick() {
        commit(lanes.values(), TableLane::dueCommit);
        requireOneThatWorks();
    }

    /**
     * Publishes all that was accepted and keeps the partitions. Where that fails for now, the source is asked to pause or to
     * bring records again, as at any time.
     */
    public void publish() {
        commit(lanes.values(), TableLane::fullCommit);
        requireOneThatWorks();
    }

    /** Why a destination was out of reach when it last was. */
    public Optional<RetriableSinkException> latestOutage() {
        return lanes.values().stream()
                .map(TableLane::latestOutage)
                .filter(Objects::nonNull)
                .findFirst();
    }

    /**
     * The offsets up to which all records are in their destinations. Nothing for a partition of which that is not known.
     */
    public SourceOffsets committed() {
        Map<SourcePartition, Long> safe = new HashMap<>();
        for (SourcePartition partition : assigned) {
            safeOffset(partition).ifPresent(offset -> safe.put(partition, offset));
        }
        return SourceOffsets.of(safe);
    }

    /** Whether the destinations have every record of the partition that was delivered, and none is to come again. */
    public boolean isSettled(SourcePartition partition) {
        return lanes.values().stream()
                .map(lane -> lane.progress(partition))
                .filter(Objects::nonNull)
                .allMatch(Progress::isSettled);
    }

    /**
     * Gives partitions up, after publishing what came of them. A commit that takes too long is left alone: it may yet go
     * through, which is the business of whoever has the partitions then, as with every task that was replaced.
     */
    public void close(Collection<SourcePartition> partitions) {
        Set<SourcePartition> removed = Set.copyOf(partitions);
        assigned.removeAll(removed);
        var failures = new Failures();
        List<LaneCommit> commits = prepared(having(removed), TableLane::fullCommit, failures);
        threads.run(commits, parts.policy().closeTimeout());
        // Asked once: a commit that ends while others are settled would be neither settled nor late.
        List<LaneCommit> ended = commits.stream().filter(LaneCommit::hasEnded).toList();
        ended.forEach(commit -> failures.collect(commit::settle));
        having(removed).forEach(lane -> lane.close(removed));
        order.forget(removed);
        commits.stream()
                .filter(commit -> !ended.contains(commit))
                .forEach(commit -> failures.collect(() -> replace(commit)));
        closeIdleLanes();
        failures.throwFirst();
    }

    private List<TableLane> having(Set<SourcePartition> partitions) {
        return lanes.values().stream()
                .filter(lane -> partitions.stream().anyMatch(lane::has))
                .toList();
    }

    /** The partitions that stay begin anew, in a lane that has nothing to do with the commit. */
    private void replace(LaneCommit late) {
        TableLane lane = late.lane();
        LOG.warn(
                "A commit to {} has not ended in {} ms (close.timeout.ms), and is left alone. What it does not publish is read"
                        + " again from Kafka",
                lane.table(),
                parts.policy().closeTimeout().toMillis());
        lanes.remove(lane.table());
        late.giveUp();
        if (!lane.partitions().isEmpty()) {
            lane(lane.table()).openAfter(lane);
        }
    }

    private void closeIdleLanes() {
        lanes.values().removeIf(lane -> {
            boolean idle = lane.partitions().isEmpty();
            if (idle) {
                lane.close();
            }
            return idle;
        });
    }

    /** Forgets what is not committed. */
    @Override
    public void close() {
        lanes.values().forEach(TableLane::close);
        lanes.clear();
        threads.close();
        parts.routes().close();
    }

    /** A table that fails keeps no other one from its commit. */
    private void commit(Collection<TableLane> committing, Function<TableLane, Optional<LaneCommit>> preparation) {
        var failures = new Failures();
        List<LaneCommit> commits = prepared(committing, preparation, failures);
        if (!commits.isEmpty()) {
            threads.run(commits);
        }
        commits.forEach(commit -> failures.collect(commit::settle));
        failures.throwFirst();
    }

    private static List<LaneCommit> prepared(
            Collection<TableLane> committing,
            Function<TableLane, Optional<LaneCommit>> preparation,
            Failures failures) {
        List<LaneCommit> commits = new ArrayList<>();
        committing.forEach(
                lane -> failures.collect(() -> preparation.apply(lane).ifPresent(commits::add)));
        return commits;
    }

    /** A task of which every table is parked does nothing, and fails so that this is seen. */
    private void requireOneThatWorks() {
        List<SinkException> parked =
                lanes.values().stream().flatMap(lane -> lane.parked().stream()).toList();
        if (!parked.isEmpty() && parked.size() == lanes.size()) {
            var failures = new Failures();
            parked.forEach(refusal -> failures.collect(() -> {
                throw refusal;
            }));
            failures.throwFirst();
        }
        lanes.values().forEach(TableLane::report);
    }

    private OptionalLong safeOffset(SourcePartition partition) {
        OptionalLong pending = OptionalLong.empty();
        OptionalLong taken = OptionalLong.empty();
        for (TableLane lane : lanes.values()) {
            Progress progress = lane.progress(partition);
            if (progress == null) {
                continue;
            }
            taken = max(taken, progress.next());
            if (progress.isPending()) {
                OptionalLong replay = progress.replayFrom();
                pending = pending.isEmpty() || replay.orElse(0) < pending.getAsLong() ? replay : pending;
            }
        }
        return pending.isPresent() ? pending : taken;
    }

    private static OptionalLong max(OptionalLong left, OptionalLong right) {
        return left.isPresent() && left.getAsLong() >= right.orElse(-1) ? left : right;
    }

    private String table(String topic) {
        return tables.computeIfAbsent(topic, parts.routes()::table);
    }

    private TableLane lane(String table) {
        return lanes.computeIfAbsent(
                table, name -> new TableLane(name, parts.routes().sink(name), order, parts, memory));
    }
}
