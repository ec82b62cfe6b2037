package io.rowlake.pipeline;

import io.rowlake.shape.ShapeSettings;

/** What the batches of a topic go through on their way to the sink. Topics of one shaping share their batches. */
public record Shaping(ShapeSettings shape) {}
