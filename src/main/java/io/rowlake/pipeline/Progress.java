package io.rowlake.pipeline;

import java.util.OptionalLong;

/** How far one partition has come in one table. Mutable; an offset of -1 is unknown. */
final class Progress {

    private static final long UNKNOWN = -1;

    private final DeliveryOrder.Cursor cursor;
    private long start = UNKNOWN;
    private long next = UNKNOWN;
    private long committed = UNKNOWN;
    private long missed = UNKNOWN;
    private boolean awaitsRewind;

    Progress(DeliveryOrder.Cursor cursor) {
        this.cursor = cursor;
    }

    /** Notes that a record came. Says whether Kafka has set the partition back, though nobody asked for it. */
    boolean isSetBackBy(long offset) {
        return !cursor.follows(offset) && !awaitsRewind && next != UNKNOWN;
    }

    /** The destination was asked: it has everything before {@code offset}, or knows nothing of the partition. */
    void opened(OptionalLong offset) {
        committed = offset.orElse(UNKNOWN);
        next = committed;
    }

    /** Whether the record is neither in the destination nor on its way there, nor to come again after a rewind. */
    boolean wants(long offset) {
        return !awaitsRewind && offset >= next;
    }

    /** Whether no record has come, and the destination knows none. */
    boolean isNew() {
        return start == UNKNOWN && committed == UNKNOWN;
    }

    /** The record is dealt with: appended, ignored or rejected. */
    void took(long offset) {
        if (start == UNKNOWN) {
            start = offset;
        }
        next = offset + 1;
    }

    /** The record was left out, because a rewind will bring it again or the destination has it. */
    void passedOver(long offset) {
        if (start == UNKNOWN) {
            start = offset;
        }
        if (awaitsRewind) {
            missed = Math.max(missed, offset);
        }
    }

    void committedUpTo(long offset) {
        committed = offset;
    }

    /** From here on nothing is wanted until the records come again from {@link #replayFrom}. */
    void awaitRewind() {
        awaitsRewind = true;
    }

    /** The records that come now are those after the rewind. */
    void rewound() {
        awaitsRewind = false;
    }

    /** The first record that is not in the destination, empty if no record was taken and the destination knows none. */
    OptionalLong replayFrom() {
        long offset = committed == UNKNOWN ? start : committed;
        return offset == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(offset);
    }

    /** Whether a record came that the destination doesn't have. */
    boolean isPending() {
        return next > committed || (missed != UNKNOWN && missed >= next);
    }

    /** Whether the destination has every record that came, and none is to come again. */
    boolean isSettled() {
        return !awaitsRewind && !isPending();
    }

    /** The offset of the next record to take, empty if none was taken and the destination knows none. */
    OptionalLong next() {
        return next == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(next);
    }
}
