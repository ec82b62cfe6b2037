package io.rowlake.sink;

import io.rowlake.batch.ChangeBatch;
import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePartition;
import io.rowlake.event.TableSchema;
import java.util.Optional;
import java.util.Set;

/**
 * Where one table is kept. Belongs to one task and is used by one thread.
 *
 * <p>Staged changes are invisible to readers until a commit publishes them together with the offsets of their source; the
 * destination is the ledger of what was taken. A crash between the two loses staged changes only, which the source then
 * sends again. A commit goes through only if the destination stands where this sink saw it last, so that a task that was
 * replaced without noticing publishes nothing.
 *
 * <p>Every method may throw {@link RetriableSinkException} or {@link SinkException}.
 */
public interface TableSink extends AutoCloseable {

    /**
     * Asks the destination how far it has taken the partitions, and remembers the answer as what the next commit goes on
     * from. Changes of these partitions that were staged before are dropped.
     *
     * @return nothing for a partition that the destination doesn't know
     */
    SourceOffsets open(Set<SourcePartition> partitions);

    /** The columns the destination has, empty if the table isn't there yet. Asks no more than the sink knows. */
    Optional<TableSchema> schema();

    /**
     * The columns and types in which batches have to come so that the destination can take rows of the source's
     * schema: those of the source, except that a column is wider where the destination's is, and that a time has the unit
     * that the destination keeps. New columns are added to the destination with the commit that first has them.
     *
     * @throws IncompatibleSchemaException if the schemas are not compatible; the message shows both
     */
    TableSchema reconcile(TableSchema source);

    /**
     * Takes the changes of a batch, whose schema comes from {@link #reconcile}. The batch stays the caller's.
     *
     * <p>In append form, changes without an after-image are passed over.
     */
    void stage(ChangeBatch batch);

    /**
     * Publishes what is due under the sink's own limits, and records how far the source was taken.
     *
     * @param reached by partition, the offset of the next record to read: all changes before it are staged or of no
     *     interest to the destination. Partitions that are not named are left as they are.
     */
    CommitResult commit(SourceOffsets reached);

    /** As {@link #commit}, but of all that is staged, due or not. */
    CommitResult commitAll(SourceOffsets reached);

    /** Forgets all staged changes. Never touches what is published. */
    void discard();

    /** Releases what the sink holds. Staged changes are forgotten. */
    @Override
    void close();
}
