package io.rowlake.cli;

import io.rowlake.decode.RawRecord;
import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePartition;
import io.rowlake.event.SourcePosition;
import io.rowlake.pipeline.SourceControl;
import java.util.List;
import java.util.Map;

/** A stream with an end, whose records can come again. Used by one thread. */
interface ExportSource extends SourceControl, AutoCloseable {

    /** What messages call it. */
    String name();

    List<SourcePartition> partitions();

    /** Some of the next records, after all rewinds that were asked for; none while everything pauses or at the end. */
    List<RawRecord> poll();

    /** Whether all records were delivered, and none is asked for again. */
    boolean isAtEnd();

    /** Whether the pipeline has asked for a pause that is not over. */
    boolean isPaused();

    /** How much of the source was delivered, from 0 to 1. */
    double progress();

    /** Where the user finds a record, as in {@code images.jsonl line 4: }; empty where its position says it all. */
    String place(SourcePosition position);

    /** Where every partition ends: after its last event, zero where it has none. */
    Map<SourcePartition, Long> ends();

    /** Where the destination had every partition go on, which is known once one of its records was delivered. */
    Map<SourcePartition, Long> begins();

    /** Up to where the user finds what is committed, as in {@code , up to line 4 of images.jsonl}; empty where unknown. */
    String reach(SourceOffsets committed);

    @Override
    void close();
}
