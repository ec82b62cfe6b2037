package io.rowlake.decode;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * A value of any carrier, read from front to back, so that what is known of envelopes, rows and values is written once.
 *
 * <p>Accessors are for the current token. Broken input ends in a {@link BadEventException}.
 */
interface Tokens extends AutoCloseable {

    /** What a reader stands at. */
    enum Token {
        NULL,
        BOOLEAN,
        /** A whole number of any size, written without fraction and exponent. */
        INTEGER,
        /** A finite number with a fraction or an exponent, or of a type that may have them. */
        FRACTION,
        /** NaN or an infinity. */
        NON_FINITE,
        TEXT,
        BYTES,
        /** A {@link java.util.Date}. */
        DATE,
        BEGIN_LIST,
        END_LIST,
        BEGIN_OBJECT,
        /** The name of the value that follows. */
        NAME,
        END_OBJECT,
        /** After the last. */
        END
    }

    Token next();

    Token token();

    /** Goes from the beginning of a list or object to its end; stays at any other value. */
    void skip();

    /** Of a {@code NAME}, or of the value that follows it. */
    String name();

    boolean booleanValue();

    /** Whether an {@code INTEGER} has 64 bits or fewer. */
    boolean isLong();

    long longValue();

    BigInteger bigIntegerValue();

    /** Of a {@code FRACTION}, exactly. */
    BigDecimal decimalValue();

    /** Of a {@code FRACTION}, rounded to the nearest (infinite if beyond), or a {@code NON_FINITE}. */
    double doubleValue();

    String text();

    /** Appends a {@code TEXT}. */
    void writeText(Utf8Buffer target);

    /** Appends a {@code TEXT} as a JSON string. */
    void writeQuoted(Utf8Buffer target);

    /** Appends an {@code INTEGER} or {@code FRACTION} as it is written. */
    void writeNumber(Utf8Buffer target);

    /** A value without parts as an object of the JDK; a {@code FRACTION} of JSON as Double. */
    @Nullable
    Object plainValue();

    byte[] bytesValue();

    /** Of a {@code DATE}, since 1970-01-01T00:00:00Z. */
    long dateMillis();

    /** The current value as JSON text. Goes to its end, as {@link #skip} does. */
    JsonBlock block();

    /** The current value for a message, shortened. */
    String found();

    @Override
    void close();
}
