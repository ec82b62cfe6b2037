package io.rowlake.decode;

import io.rowlake.event.SourcePosition;

/**
 * A record as it came, before its envelope is understood.
 *
 * @param topic the topic as transformations left it, which routes the record; the position has the broker's name
 * @param timestampMillis the record's own timestamp, in milliseconds since 1970
 */
public record RawRecord(String topic, SourcePosition position, long timestampMillis, Payload key, Payload value) {}
