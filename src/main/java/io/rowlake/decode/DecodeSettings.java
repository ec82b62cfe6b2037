package io.rowlake.decode;

import java.util.Optional;

/**
 * How the events of one topic are read.
 *
 * @param schema the pinned schema of the topic, which holds for events that carry none
 */
public record DecodeSettings(
        EventFormat format, Deletes deletes, FixedArrays fixedArrays, Optional<SourceSchema> schema) {

    /** The shape of the values. */
    public enum EventFormat {
        /** Decided for each record from the fields that are present. */
        AUTO,
        ENVELOPE,
        DEBEZIUM,
        ROW
    }

    /** What becomes of changes without an after-image: {@code d}, {@code t} and tombstones. */
    public enum Deletes {
        /** They are passed over, and their keys not read. */
        IGNORE,
        /** A delete becomes a row with its key columns and nulls, a truncate a row of nulls. */
        KEEP
    }

    /** What becomes of Pixeltable's arrays all of whose dimensions are fixed. */
    public enum FixedArrays {
        /** They are lists, and the shape of each value is checked. */
        LIST,
        /** Their schema is refused, as by Pixeltable's own export. */
        REJECT
    }
}
