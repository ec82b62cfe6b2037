package io.rowlake.sink;

import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePartition;
import java.util.Set;

/**
 * What a commit did.
 *
 * @param committed how far the destination has taken each partition of the commit; behind what was asked for where a
 *     part is still staged
 * @param overtaken partitions that somebody else has moved since this sink last looked: what was staged of them is
 *     dropped, and their changes have to come again from {@code committed}, or from the start where {@code committed}
 *     knows nothing of them
 * @param rows how many rows became visible
 */
public record CommitResult(SourceOffsets committed, Set<SourcePartition> overtaken, long rows) {

    public CommitResult {
        overtaken = Set.copyOf(overtaken);
    }

    public static CommitResult complete(SourceOffsets committed, long rows) {
        return new CommitResult(committed, Set.of(), rows);
    }
}
