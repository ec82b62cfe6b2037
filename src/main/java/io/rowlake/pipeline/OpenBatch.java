package io.rowlake.pipeline;

import io.rowlake.batch.BatchBuilder;
import io.rowlake.batch.BatchMemory;
import io.rowlake.batch.ChangeBatch;
import io.rowlake.decode.RowTarget;
import io.rowlake.event.MalformedEventException;
import io.rowlake.event.TableSchema;
import io.rowlake.sink.SinkException;
import io.rowlake.sink.TableSink;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The batch of a table that is being filled. One at a time: another schema stages the rows of the one before. */
final class OpenBatch implements RowTarget, AutoCloseable {

    private final BatchMemory memory;
    private final long bytesMax;
    private final TableSink sink;
    private @Nullable BatchBuilder builder;
    private @Nullable TableSchema source;

    OpenBatch(BatchMemory memory, long bytesMax, TableSink sink) {
        this.memory = memory;
        this.bytesMax = bytesMax;
        this.sink = sink;
    }

    @Override
    public Optional<TableSchema> destination() {
        return sink.schema();
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // The same instance spares the comparison of all columns for every record.
    public BatchBuilder batch(TableSchema wanted) {
        BatchBuilder current = builder;
        if (current != null && (wanted == source || Objects.equals(wanted, source))) {
            return current;
        }
        stage();
        BatchBuilder fresh = new BatchBuilder(memory, sink.reconcile(wanted), bytesMax);
        builder = fresh;
        source = wanted;
        return fresh;
    }

    /** Gives the rows to the sink. The next row begins a new batch. */
    void stage() {
        BatchBuilder full = builder;
        if (full == null) {
            return;
        }
        builder = null;
        if (full.rows() == 0) {
            full.close();
            return;
        }
        try (ChangeBatch batch = full.build()) {
            sink.stage(batch);
        } catch (MalformedEventException e) {
            // The record is gone that a dead letter queue would want, so the destination's limit stops the task.
            throw new SinkException("Cannot write an event that was read without fault: " + e.getMessage(), e);
        }
    }

    /** Forgets the rows. */
    @Override
    public void close() {
        if (builder != null) {
            builder.close();
            builder = null;
        }
    }
}
