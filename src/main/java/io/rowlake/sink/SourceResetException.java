package io.rowlake.sink;

import io.rowlake.event.SourcePosition;

/**
 * The source's offsets stand for other records than they did, as after a topic was deleted and created anew. Only a person
 * can tell what is to become of that, so it isn't tried again.
 */
public final class SourceResetException extends SinkException {

    private static final long serialVersionUID = 1L;

    /**
     * @param table which has the partition up to {@code next}
     * @param found where Kafka went back to
     */
    public SourceResetException(String table, long next, SourcePosition found) {
        super("Cannot go on with " + found.partition() + ": " + table + " has it up to offset " + next
                + ", but Kafka went back to offset " + found.offset()
                + " by itself. The topic was deleted and created anew, or was cut off, so that its offsets stand for other"
                + " records. None of them is written. Write the new topic to another table or directory, or have this"
                + " table forget the offsets of the old one: docs/operations.md, Recreated topics");
    }
}
