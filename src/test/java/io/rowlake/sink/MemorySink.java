package io.rowlake.sink;

import io.rowlake.batch.ChangeBatch;
import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePartition;
import io.rowlake.event.SourcePosition;
import io.rowlake.event.TableSchema;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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
    private @Nullable TableSchema stagedSchema;
    private int stagedBatches;
    private boolean closed;

    public MemorySink(MemoryTable table) {
        this.table = table;
    }

    /** The next time the sink comes to the step, it is out of reach. */
    public void failAt(Step step) {
        faults.add(step);
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
        return source;
    }

    @Override
    public void stage(ChangeBatch batch) {
        strike(Step.STAGE);
        stagedBatches++;
        stagedSchema = batch.schema();
        for (int row = 0; row < batch.rows(); row++) {
            if (batch.operation(row).hasAfterImage()) {
                staged.add(batch.position(row));
            }
        }
    }

    @Override
    public CommitResult commit(SourceOffsets reached) {
        return commitAll(reached);
    }

    @Override
    public CommitResult commitAll(SourceOffsets reached) {
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
