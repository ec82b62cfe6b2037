package io.rowlake.pipeline;

import java.time.InstantSource;

/** What every lane of a pipeline shares. */
public record PipelineParts(
        Routes routes,
        FlushPolicy policy,
        BrokenTables brokenTables,
        SchemaConflicts schemaConflicts,
        SourceControl source,
        InstantSource clock,
        PipelineCounters counters) {

    /** What becomes of events whose schema the destination can't take. */
    public enum SchemaConflicts {
        /** Each is a bad event, as one with a wrong value is. */
        REJECT,
        /** The task fails. */
        FAIL
    }
}
