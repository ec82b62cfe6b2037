package io.rowlake.sink;

import io.rowlake.batch.ChangeBatch;
import io.rowlake.event.MalformedEventException;
import io.rowlake.event.MalformedEventsException;
import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePartition;
import io.rowlake.event.SourcePosition;
import io.rowlake.event.TableSchema;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A sink that keeps the contract in memory, and breaks down at a step when it is told to. */
public final class MemorySink implements TableSink {

    /** Where a fault strikes. */
    public enum Step {
        OPEN,
        STAGE,
        COMMIT_BEFORE_PUBLISHING,
        COMMIT_AFTER_PUBLISHING
    }

    private final MemoryTable table;
    private final Deque<Step> faults = new ArrayDeque<>();
    private final List<SourcePosition> staged = new ArrayList<>();
    private final TreeMap<SourcePartition, Optional<Long>> base = new TreeMap<>();
    private final Set<SourcePosition> refused = new HashSet<>();
    private @Nullable String refusal;
    private @Nullable TableSchema unfit;
    private @Nullable TableSchema stagedSchema;
    private Runnable beforeCommit = () -> {};
    private int stagedBatches;
    private volatile boolean closed;

    public MemorySink(MemoryTable table) {
        this.table = table;
    }

    /** The next time the sink comes to the step, it is out of reach. */
    public void failAt(Step step) {
        faults.add(step);
    }

    /** Rows of these positions can't be written. */
    public void refuse(SourcePosition... positions) {
        refused.addAll(List.of(positions));
    }

    /** Rows of this schema can't be written. */
    public void refuse(TableSchema schema) {
        unfit = schema;
    }

    /** The table can't be opened, with this reason, until {@link #allowOpening}. */
    public void refuseOpening(String reason) {
        refusal = reason;
    }

    public void allowOpening() {
        refusal = null;
    }

    /** Something happens at the beginning of each commit. */
    public void beforeCommit(Runnable event) {
        beforeCommit = event;
    }

    /** How many batches were staged since the start. */
    public int stagedBatches() {
        return stagedBatches;
    }

    public boolean isClosed() {
        return closed;
    }

    @Override
    public SourceOffsets open(Set<SourcePartition> partitions) {
        strike(Step.OPEN);
        if (refusal != null) {
            throw new SinkException(refusal);
        }
        staged.removeIf(position -> partitions.contains(position.partition()));
        partitions.forEach(partition -> base.put(partition, ledgerOf(partition)));
        return table.ledger().of(partitions);
    }

    @Override
    public Optional<TableSchema> schema() {
        return table.schema();
    }

    @Override
    public TableSchema reconcile(TableSchema source) {
        if (unfit != null && unfit.equals(source)) {
            throw new IncompatibleSchemaException("Cannot append to table: " + source + " does not fit");
        }
        return source;
    }

    @Override
    public void stage(ChangeBatch batch) {
        strike(Step.STAGE);
        requireWritable(batch);
        stagedBatches++;
        stagedSchema = batch.schema();
        for (int row = 0; row < batch.rows(); row++) {
            if (batch.operation(row).hasAfterImage()) {
                staged.add(batch.position(row));
            }
        }
    }

    private void requireWritable(ChangeBatch batch) {
        List<MalformedEventException> bad = IntStream.range(0, batch.rows())
                .mapToObj(batch::position)
                .filter(refused::contains)
                .map(position -> new MalformedEventException(position, "it can't be written"))
                .toList();
        if (!bad.isEmpty()) {
            throw new MalformedEventsException(bad);
        }
    }

    @Override
    public CommitResult commit(SourceOffsets reached) {
        return commitAll(reached);
    }

    @Override
    public CommitResult commitAll(SourceOffsets reached) {
        beforeCommit.run();
        strike(Step.COMMIT_BEFORE_PUBLISHING);
        Set<SourcePartition> ours = reached.asMap().keySet();
        if (ours.stream().anyMatch(this::hasMoved)) {
            staged.clear();
            return new CommitResult(table.ledger().of(ours), Set.copyOf(ours), 0);
        }
        long rows = staged.size();
        if (stagedSchema != null) {
            table.publish(staged, reached, stagedSchema);
        }
        staged.clear();
        strike(Step.COMMIT_AFTER_PUBLISHING);
        ours.forEach(partition -> base.put(partition, ledgerOf(partition)));
        return CommitResult.complete(reached, rows);
    }

    @Override
    public void discard() {
        staged.clear();
    }

    @Override
    public void close() {
        staged.clear();
        closed = true;
    }

    private boolean hasMoved(SourcePartition partition) {
        return !ledgerOf(partition).equals(base.get(partition));
    }

    private Optional<Long> ledgerOf(SourcePartition partition) {
        return Optional.ofNullable(table.ledger().asMap().get(partition));
    }

    private void strike(Step step) {
        if (faults.peek() == step) {
            faults.remove();
            throw new RetriableSinkException(
                    "The table is out of reach at " + step, new IllegalStateException("fault"));
        }
    }
}
