package io.rowlake.pipeline;

import io.rowlake.batch.BatchBuilder;
import io.rowlake.batch.BatchMemory;
import io.rowlake.decode.RowTarget;
import io.rowlake.decode.RowTarget.Completeness;
import io.rowlake.event.MalformedEventException;
import io.rowlake.event.MalformedEventsException;
import io.rowlake.event.TableSchema;
import io.rowlake.pipeline.PipelineParts.SchemaConflicts;
import io.rowlake.sink.IncompatibleSchemaException;
import io.rowlake.sink.TableSink;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The batch of a table that is being filled. One at a time: another schema or shaping stages the rows of the one before. */
final class OpenBatch implements AutoCloseable {

    private final BatchMemory memory;
    private final PipelineParts parts;
    private final TableSink sink;
    private final Map<Shaping, ShapedTarget> targets = new HashMap<>();
    private @Nullable BatchBuilder builder;
    private @Nullable TableSchema source;
    private @Nullable ShapedTarget target;

    OpenBatch(BatchMemory memory, PipelineParts parts, TableSink sink) {
        this.memory = memory;
        this.parts = parts;
        this.sink = sink;
    }

    /** Where the rows of topics with this shaping go. The same instance for all of them. */
    RowTarget target(Shaping shaping) {
        return targets.computeIfAbsent(shaping, key -> new ShapedTarget(this, sink, key, parts));
    }

    /** The builder for rows of a schema that come by one of our targets. */
    @SuppressWarnings("ReferenceEquality") // The same instance spares the comparison of all columns for every record.
    BatchBuilder of(ShapedTarget wantedTarget, TableSchema wanted, Completeness completeness) {
        BatchBuilder current = builder;
        if (current != null && wantedTarget == target && (wanted == source || Objects.equals(wanted, source))) {
            return current;
        }
        stage();
        prepare(wantedTarget, wanted, completeness);
        BatchBuilder fresh = new BatchBuilder(memory, wanted, parts.policy().batchBytesMax());
        builder = fresh;
        source = wanted;
        target = wantedTarget;
        return fresh;
    }

    /**
     * Gives the rows to the sink. The next row begins a new batch.
     *
     * @throws MalformedEventsException if the destination can't hold values of some rows; what was staged of the others
     *     has to be read again
     */
    void stage() {
        BatchBuilder full = builder;
        ShapedTarget destination = target;
        if (full == null || destination == null) {
            return;
        }
        builder = null;
        if (full.rows() == 0) {
            full.close();
            return;
        }
        try {
            destination.deliver(full.build());
        } catch (MalformedEventException e) {
            throw new MalformedEventsException(List.of(e));
        }
    }

    /** Forgets the rows, and what those before them taught. */
    void forget() {
        close();
        targets.values().forEach(ShapedTarget::forget);
    }

    /** Forgets the rows. */
    @Override
    public void close() {
        if (builder != null) {
            builder.close();
            builder = null;
        }
    }

    private void prepare(ShapedTarget wantedTarget, TableSchema wanted, Completeness completeness) {
        try {
            wantedTarget.prepare(wanted, completeness);
        } catch (IncompatibleSchemaException e) {
            if (parts.schemaConflicts() == SchemaConflicts.FAIL) {
                throw e;
            }
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
