package io.rowlake.model;

import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePartition;
import io.rowlake.sink.TableSink;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A table in a store in memory, seen by its writers and by the checker. */
public interface Destination {

    /** The column that every row has its offset in. */
    String OFFSET = "id";

    /** The column that every row has the number of its partition in. */
    String PARTITION = "part";

    /** How a store is broken on purpose, to show that the checker notices. */
    enum Mutation {
        NONE,
        /** Whoever comes last replaces what is there. */
        IGNORES_COMPARISON,
        /** The offsets become visible one step before the rows. */
        OFFSETS_FIRST
    }

    /** A new process that writes to the table. */
    Worker worker();

    /** What the tasks of one process share. */
    interface Worker {

        /** The real sink of one task. */
        TableSink sink(Steps steps, InstantSource clock, String writer);
    }

    /** Grows with each change. */
    long version();

    SourceOffsets ledger();

    /** By partition, the offsets of all visible rows in the order in which readers find them. */
    Map<SourcePartition, List<Long>> rows();

    /** The visible files, each with what tells it from any other in its place. */
    Set<String> files();

    /**
     * Somebody else changes the table without touching its rows or offsets, or takes it back to an older state.
     *
     * @return what was done; it begins with {@code roll back} if offsets went back
     */
    String foreignChange(Choices choices);
}
