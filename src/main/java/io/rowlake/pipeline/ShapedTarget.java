package io.rowlake.pipeline;

import io.rowlake.batch.BatchBuilder;
import io.rowlake.batch.ChangeBatch;
import io.rowlake.decode.RowTarget;
import io.rowlake.event.TableSchema;
import io.rowlake.shape.Shaper;
import io.rowlake.sink.IncompatibleSchemaException;
import io.rowlake.sink.TableSink;
import java.util.Optional;

/** Takes the rows of topics that have one shaping to the open batch of their table, and the batch to the sink. */
final class ShapedTarget implements RowTarget {

    private final OpenBatch batch;
    private final TableSink sink;
    private final Shaper shaper;

    ShapedTarget(OpenBatch batch, TableSink sink, Shaping shaping) {
        this.batch = batch;
        this.sink = sink;
        this.shaper = new Shaper(shaping.shape());
    }

    @Override
    public Optional<TableSchema> destination() {
        return sink.schema();
    }

    @Override
    public BatchBuilder batch(TableSchema source, Completeness completeness) {
        return batch.of(this, source, completeness);
    }

    /**
     * Looks whether the destination can take rows of a schema.
     *
     * @throws IllegalArgumentException if the rows can't be shaped
     * @throws IncompatibleSchemaException if the destination can't take them
     */
    void requireFit(TableSchema source, Completeness completeness) {
        sink.reconcile(shaper.plan(source, sink.schema()));
    }

    /** Gives the rows to the sink. */
    void deliver(ChangeBatch rows) {
        try (rows;
                ChangeBatch shaped = shaper.apply(rows, sink.schema(), sink::reconcile)) {
            sink.stage(shaped);
        }
    }
}
