package io.rowlake.decode;

import org.jspecify.annotations.Nullable;

/** What one reading of a record found beside the row. Used again for each reading. */
final class Event {

    private static final long UNKNOWN = Long.MIN_VALUE;

    /** The text of {@code op}, or null. */
    @Nullable
    String op;

    boolean hasBeforeOrAfter;

    /** A field was met in the envelope's place that no envelope has. */
    boolean hasForeignName;

    /** The row, or {@code after}, is there and not null. */
    boolean hasRow;

    boolean hasSchema;

    boolean hasPayload;

    /** Our {@code schema} block of an envelope, or null. */
    @Nullable
    JsonBlock ownSchema;

    /** Connect's {@code schema} block beside the payload, or null. */
    @Nullable
    JsonBlock connectSchema;

    long envelopeMillis;

    long sourceMillis;

    Event() {
        clear();
    }

    void clear() {
        op = null;
        hasBeforeOrAfter = false;
        hasForeignName = false;
        hasRow = false;
        hasSchema = false;
        hasPayload = false;
        ownSchema = null;
        connectSchema = null;
        envelopeMillis = UNKNOWN;
        sourceMillis = UNKNOWN;
    }

    /** By the envelope's clock, else by the source's, else by the record's. */
    long timestampMillis(long ofRecord) {
        if (envelopeMillis != UNKNOWN) {
            return envelopeMillis;
        }
        return sourceMillis == UNKNOWN ? ofRecord : sourceMillis;
    }
}
