package io.rowlake.pipeline;

import java.time.InstantSource;

/** What every lane of a pipeline shares. */
public record PipelineParts(
        Routes routes, FlushPolicy policy, SourceControl source, InstantSource clock, PipelineCounters counters) {}
