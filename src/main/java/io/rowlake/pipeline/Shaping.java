package io.rowlake.pipeline;

import io.rowlake.query.Query;
import io.rowlake.shape.ShapeSettings;
import java.util.Optional;

/**
 * What the batches of a topic go through on their way to the sink. Topics of one shaping share their batches.
 *
 * @param query which columns and rows are taken; empty takes all
 * @param shape what the columns become
 */
public record Shaping(Optional<Query> query, ShapeSettings shape) {}
