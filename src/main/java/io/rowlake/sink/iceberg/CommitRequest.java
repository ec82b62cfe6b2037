package io.rowlake.sink.iceberg;

import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePartition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.DataFile;
import org.jspecify.annotations.Nullable;

/**
 * What one task wants a table to take, and what became of it. Used by one thread at a time: the task's own before and after
 * the commit, that of the committer in between.
 */
final class CommitRequest {

    private final TableAccess access;
    private final SourceOffsets base;
    private final SourceOffsets reached;
    private final Content content;
    private final AtomicInteger unclearAttempts = new AtomicInteger();
    private @Nullable Outcome outcome;
    private @Nullable RuntimeException failure;

    /**
     * What the commit adds to the table.
     *
     * @param first by partition, the offset of the first row
     */
    record Content(List<DataFile> files, ColumnChanges columns, SourceOffsets first) {}

    /** How it ended. */
    enum Outcome {
        COMMITTED,
        /** Somebody else has moved our partitions: nothing of ours is published. */
        OVERTAKEN,
        /** It is a side table that has been put in another one's place: nothing of ours is published. */
        SEALED
    }

    /**
     * A request that nobody has looked at.
     *
     * @param access the task's own, which knows which table it writes to
     * @param base where the ledger stood for the task's partitions when it last looked
     * @param reached by partition, the next offset once this is committed
     */
    CommitRequest(TableAccess access, SourceOffsets base, SourceOffsets reached, Content content) {
        this.access = access;
        this.base = base;
        this.reached = reached;
        this.content = content;
    }

    TableAccess access() {
        return access;
    }

    SourceOffsets reached() {
        return reached;
    }

    Content content() {
        return content;
    }

    /** Where those of our partitions begin that the ledger doesn't know. What came before has left no row. */
    SourceOffsets begun(SourceOffsets ledger) {
        Map<SourcePartition, Long> begun = new HashMap<>(reached.asMap());
        begun.keySet().removeAll(ledger.asMap().keySet());
        begun.replaceAll((partition, next) -> content.first().next(partition).orElse(next));
        return SourceOffsets.of(begun);
    }

    /** Whether the ledger has moved for our partitions since the task last looked. */
    boolean isOvertakenBy(SourceOffsets ledger) {
        for (SourcePartition partition : reached.asMap().keySet()) {
            OptionalLong seen = base.next(partition);
            if (!ledger.next(partition).equals(seen)) {
                return true;
            }
        }
        return false;
    }

    void complete(Outcome how) {
        outcome = how;
    }

    /** Ends it without a result. */
    void fail(RuntimeException reason) {
        failure = reason;
    }

    /** From here on an attempt may have gone through, though nobody knows. */
    void attempted() {
        unclearAttempts.incrementAndGet();
    }

    /** The catalog has said that an attempt did not go through. */
    void refused() {
        unclearAttempts.decrementAndGet();
    }

    /** Whether the files must stay, since an attempt went through or may have done so unnoticed. */
    boolean mayBePublished() {
        return unclearAttempts.get() > 0;
    }

    boolean isDone() {
        return outcome != null || failure != null;
    }

    /** What became of it; throws what it failed with. */
    Outcome result() {
        if (failure != null) {
            throw failure;
        }
        return Objects.requireNonNull(outcome, "The request was not looked at");
    }
}
