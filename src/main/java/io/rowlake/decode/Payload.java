package io.rowlake.decode;

import java.util.Optional;

/** A key or a value of a record, in the form its converter gave it. */
public sealed interface Payload {

    /** Nothing: the value of a tombstone, or the key of a record without one. */
    enum Absent implements Payload {
        ABSENT
    }

    /** Raw bytes, which are to be JSON text. The array is not copied and must not change. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared, and a copy for each record would cost.
    record JsonBytes(byte[] bytes) implements Payload {}

    /** Text: JSON as the value; as a key also a bare word that is itself the key. */
    record Text(String text) implements Payload {}

    /** A schemaless map or a struct. */
    record Tree(Fields fields) implements Payload {}

    /** A single value, of a class that {@link Fields} allows. */
    record Single(Object value, Optional<SourceType> type) implements Payload {}
}
