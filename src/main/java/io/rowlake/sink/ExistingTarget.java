package io.rowlake.sink;

import io.rowlake.event.SourceOffsets;

/**
 * What happens to a destination that is there already when a connector comes to it, and that it has not made itself.
 *
 * @param action what happens
 * @param owner the name that the destination notes as its maker's, by which a restarted connector finds its own again;
 *     empty for a run that never goes on with what it finds
 * @param replaceUntil for {@code REPLACE}: by partition, the end of the source when the connector was started. The new
 *     content takes the place of the old once it has come so far. Empty where the source had nothing: then it does with
 *     its first rows.
 */
public record ExistingTarget(Action action, String owner, SourceOffsets replaceUntil) {

    /** The choices. */
    public enum Action {
        /** The connector stops. */
        ERROR,
        /** Rows are added to those that are there. */
        APPEND,
        /** Rows are gathered beside it, and take its place in one step when they are complete. */
        REPLACE
    }
}
