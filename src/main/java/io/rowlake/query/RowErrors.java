package io.rowlake.query;

import io.rowlake.batch.ChangeBatch;
import io.rowlake.event.MalformedEventException;
import io.rowlake.event.MalformedEventsException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** The rows of a batch on which a query fails, each with the first reason. A delete has no values that could fail. */
final class RowErrors {

    /** The others of the batch are found when it comes again. */
    private static final int EVENTS_MAX = 1_000;

    private final ChangeBatch batch;
    private final BitSet rows = new BitSet();
    private final List<MalformedEventException> events = new ArrayList<>();

    RowErrors(ChangeBatch batch) {
        this.batch = batch;
    }

    /**
     * @param what has no value, as in {@code column 'ratio' of the query}
     */
    void add(int row, String what, String reason) {
        if (!batch.operation(row).hasAfterImage() || rows.get(row)) {
            return;
        }
        rows.set(row);
        if (events.size() < EVENTS_MAX) {
            events.add(new MalformedEventException(batch.position(row), what + " has no value: " + reason));
        }
    }

    /**
     * Goes on if there are none.
     *
     * @throws MalformedEventsException if there are any
     */
    void requireNone() {
        if (!events.isEmpty()) {
            throw new MalformedEventsException(events);
        }
    }
}
