package io.rowlake.shape;

import io.rowlake.batch.ChangeBatch;
import io.rowlake.event.MalformedEventException;
import io.rowlake.event.MalformedEventsException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** The rows of a batch that can't be shaped, each with what is wrong with it first. */
final class BadRows {

    /** The others of the batch are found when it comes again. */
    private static final int EVENTS_MAX = 1_000;

    private final ChangeBatch batch;
    private final BitSet rows = new BitSet();
    private final List<MalformedEventException> events = new ArrayList<>();

    BadRows(ChangeBatch batch) {
        this.batch = batch;
    }

    void add(int row, String column, MisfitException misfit) {
        if (!rows.get(row) && events.size() < EVENTS_MAX) {
            events.add(new MalformedEventException(batch.position(row), misfit.inColumn(column)));
        }
        rows.set(row);
    }

    boolean contains(int row) {
        return rows.get(row);
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
