package io.rowlake.pipeline;

import io.rowlake.batch.BatchBuilder;
import io.rowlake.batch.ChangeBatch;
import io.rowlake.decode.RowTarget;
import io.rowlake.event.MalformedEventException;
import io.rowlake.event.MalformedEventsException;
import io.rowlake.event.TableSchema;
import io.rowlake.pipeline.PipelineParts.SchemaConflicts;
import io.rowlake.shape.Shaper;
import io.rowlake.sink.IncompatibleSchemaException;
import io.rowlake.sink.SinkException;
import io.rowlake.sink.TableSink;
import java.util.Optional;
import java.util.stream.IntStream;

/** Takes the rows of topics that have one shaping to the open batch of their table, and the batch to the sink. */
final class ShapedTarget implements RowTarget {

    private static final String NO_COLUMN =
            "no column can be made of it, since none has a value with a type: null, {} and [] have none. Pin a type with"
                    + " schema.overrides, or set json.mode=variant or string";

    /** The others of the batch are found when it comes again. */
    private static final int REPORTED_MAX = 1_000;

    private final OpenBatch batch;
    private final TableSink sink;
    private final PipelineCounters counters;
    private final SchemaConflicts schemaConflicts;
    private final Selection selection;
    private final Shaper shaper;

    private boolean hasPrepared;
    private long localReferences;

    ShapedTarget(OpenBatch batch, TableSink sink, Shaping shaping, PipelineParts parts) {
        this.batch = batch;
        this.sink = sink;
        this.counters = parts.counters();
        this.schemaConflicts = parts.schemaConflicts();
        this.selection = new Selection(shaping.query(), counters);
        this.shaper = new Shaper(shaping.shape());
    }

    @Override
    public Optional<TableSchema> destination() {
        // What a query makes of the columns says nothing of those that it reads.
        return selection.takesAll() ? sink.schema() : Optional.empty();
    }

    @Override
    public BatchBuilder batch(TableSchema source, Completeness completeness) {
        return batch.of(this, source, completeness);
    }

    /**
     * Gets ready for rows of a schema.
     *
     * @throws IllegalArgumentException if the rows can't be shaped
     * @throws IncompatibleSchemaException if the destination can't take them
     */
    void prepare(TableSchema source, Completeness completeness) {
        TableSchema selected = select(source, completeness);
        sink.reconcile(shaper.plan(selected, sink.schema()));
    }

    /** To name a column that isn't there is a wrong option, and stops the task before anything is written. */
    private TableSchema select(TableSchema source, Completeness completeness) {
        if (completeness == Completeness.INFERRED || hasPrepared) {
            return selection.bind(source, completeness);
        }
        try {
            TableSchema selected = selection.bind(source, completeness);
            shaper.requireColumns(selected);
            hasPrepared = true;
            return selected;
        } catch (IllegalArgumentException e) {
            throw new SinkException("Cannot write events as they are to be: " + e.getMessage(), e);
        }
    }

    /** A row needs a column, and where nothing but JSON without a typed value came there is none yet. */
    private TableSchema reconcile(TableSchema wanted, ChangeBatch rows) {
        if (wanted.columns().isEmpty()) {
            throw allBad(rows, NO_COLUMN);
        }
        return sink.reconcile(wanted);
    }

    private static MalformedEventsException allBad(ChangeBatch rows, String reason) {
        return new MalformedEventsException(IntStream.range(0, Math.min(rows.rows(), REPORTED_MAX))
                .mapToObj(row -> new MalformedEventException(rows.position(row), reason))
                .toList());
    }

    /** Types that values taught us are those of the destination again, since the rows come again or it was changed. */
    void forget() {
        shaper.forget();
    }

    private ChangeBatch shaped(ChangeBatch rows) {
        return shaper.apply(rows, sink.schema(), wanted -> reconcile(wanted, rows));
    }

    /** Somebody else may have changed the table since values taught us their types, so that is looked at first. */
    private ChangeBatch shapedForTheTableAsItIs(ChangeBatch rows) {
        try {
            return shaped(rows);
        } catch (IncompatibleSchemaException e) {
            shaper.forget();
            return shapedAnew(rows);
        }
    }

    private ChangeBatch shapedAnew(ChangeBatch rows) {
        try {
            return shaped(rows);
        } catch (IncompatibleSchemaException e) {
            if (schemaConflicts == SchemaConflicts.FAIL) {
                throw e;
            }
            throw allBad(rows, "its schema does not fit: " + e.getMessage());
        }
    }

    /**
     * Gives the rows to the sink.
     *
     * @throws MalformedEventsException if the destination can't take some of them
     * @throws IncompatibleSchemaException if it can't take their schema, and that is to fail the task
     */
    void deliver(ChangeBatch rows) {
        try (rows) {
            selection.take(rows).ifPresent(this::shape);
        }
    }

    private void shape(ChangeBatch rows) {
        try (rows;
                ChangeBatch shaped = shapedForTheTableAsItIs(rows)) {
            sink.stage(shaped);
            long local = shaper.localReferences();
            counters.localReferences(local - localReferences);
            localReferences = local;
        }
    }
}
