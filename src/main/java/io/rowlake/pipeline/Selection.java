package io.rowlake.pipeline;

import io.rowlake.batch.ChangeBatch;
import io.rowlake.decode.RowTarget.Completeness;
import io.rowlake.event.TableSchema;
import io.rowlake.query.BoundQuery;
import io.rowlake.query.Query;
import io.rowlake.query.Query.UnknownColumns;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which columns and rows of the batches are taken: those of the query, or all where there is none. */
final class Selection {

    private static final Logger LOG = LoggerFactory.getLogger(Selection.class);

    private final Optional<Query> query;
    private final PipelineCounters counters;
    private final Set<String> reported = new HashSet<>();
    private @Nullable BoundQuery bound;

    Selection(Optional<Query> query, PipelineCounters counters) {
        this.query = query;
        this.counters = counters;
    }

    boolean takesAll() {
        return query.isEmpty();
    }

    /**
     * Gets ready for rows of a schema. A column that an inferred schema lacks is null, since it may yet come.
     *
     * @return the columns that are taken of them
     * @throws IllegalArgumentException if the query doesn't go with the columns
     */
    TableSchema bind(TableSchema source, Completeness completeness) {
        if (query.isEmpty()) {
            return source;
        }
        BoundQuery fresh = query.get()
                .bind(
                        source,
                        switch (completeness) {
                            case DECLARED -> UnknownColumns.REJECT;
                            case INFERRED -> UnknownColumns.NULL;
                        });
        counters.unknown(fresh.unknownColumns());
        fresh.unknownColumns().stream()
                .filter(reported::add)
                .forEach(column -> LOG.warn(
                        "No event so far has the column {} that the query names; it is null until one has", column));
        bound = fresh;
        return fresh.schema();
    }

    /**
     * What is taken of a batch, empty if no row is. Uses the batch up.
     *
     * @throws io.rowlake.event.MalformedEventsException if expressions fail on values of some rows; the batch is then the
     *     caller's to close
     */
    Optional<ChangeBatch> take(ChangeBatch rows) {
        BoundQuery selecting = bound;
        if (selecting == null) {
            return Optional.of(rows);
        }
        int before = rows.rows();
        Optional<ChangeBatch> selected = selecting.apply(rows);
        counters.filtered(before - selected.map(ChangeBatch::rows).orElse(0));
        return selected;
    }
}
