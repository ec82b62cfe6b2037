package io.rowlake.query;

import io.rowlake.batch.ChangeBatch;
import io.rowlake.event.MalformedEventsException;
import io.rowlake.event.TableSchema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.vector.FieldVector;

/** A query for rows of one schema. Not safe for several threads. */
public final class BoundQuery {

    private final TableSchema schema;
    private final List<String> unknownColumns;
    private final Optional<Computed> where;
    private final List<Expression> outputs;

    BoundQuery(TableSchema schema, List<String> unknownColumns, Optional<Computed> where, List<Expression> outputs) {
        this.schema = schema;
        this.unknownColumns = List.copyOf(unknownColumns);
        this.where = where;
        this.outputs = List.copyOf(outputs);
    }

    /** The columns of what is taken, in their order. The primary key is the source's, if all of it is taken as it is. */
    public TableSchema schema() {
        return schema;
    }

    /** Names of no column, which are null in every row. Each with the columns that there are. */
    public List<String> unknownColumns() {
        return unknownColumns;
    }

    /**
     * The rows that match, with the columns that are selected. Uses the batch up.
     *
     * <p>A change without an after-image, such as a delete, always matches, and what would fail on it is null.
     *
     * @return empty if no row matches
     * @throws MalformedEventsException of every row on which the query fails, up to 1,000; the batch is then the caller's
     *     to close
     */
    public Optional<ChangeBatch> apply(ChangeBatch batch) {
        Optional<ChangeBatch> matching = filter(batch);
        return matching.map(this::select);
    }

    private Optional<ChangeBatch> filter(ChangeBatch batch) {
        if (where.isEmpty()) {
            return Optional.of(batch);
        }
        var errors = new RowErrors(batch);
        int[] rows = where.get().matches(batch, errors);
        errors.requireNone();
        if (rows.length == 0) {
            batch.close();
            return Optional.empty();
        }
        return Optional.of(batch.withRows(rows));
    }

    private ChangeBatch select(ChangeBatch rows) {
        var errors = new RowErrors(rows);
        List<FieldVector> vectors = new ArrayList<>();
        Set<FieldVector> passed = Collections.newSetFromMap(new IdentityHashMap<>());
        try {
            for (int i = 0; i < outputs.size(); i++) {
                Expression output = outputs.get(i);
                // A column goes over as it is, but only once.
                vectors.add(
                        output instanceof Taken whole
                                        && whole.isWhole()
                                        && passed.add(rows.vector(whole.path().column()))
                                ? rows.vector(whole.path().column())
                                : output.column(rows, schema.columns().get(i), errors));
            }
            errors.requireNone();
        } catch (MalformedEventsException e) {
            rows.close();
            throw e;
        }
        return rows.withColumns(schema, vectors);
    }
}
