package io.rowlake.decode;

import io.rowlake.batch.ValueAppender;
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

    /**
     * The position of the name of a {@code NAME} among others, looked for at {@code guess} first, or
     * {@link NameIndex#NONE}. Whoever asks has to refuse a name that was met in the object before.
     */
    default int nameIn(NameIndex names, int guess) {
        return names.indexOf(name(), guess);
    }

    /**
     * Appends the next elements of the current list as long as each is a number with a fraction or an exponent, of at most
     * the given magnitude, or a whole one that every floating point type holds. May stop earlier, and append none.
     *
     * @return how many were appended
     */
    default int appendNumbers(double magnitudeMax, ValueAppender target) {
        return 0;
    }

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

    /** Appends a {@code TEXT} as a value. */
    default void appendText(ValueAppender target, Utf8Buffer scratch) {
        scratch.clear();
        writeText(scratch);
        scratch.appendTo(target);
    }

    /** Appends the current value as one of compact JSON text. Goes to its end, as {@link #skip} does. */
    default void appendJson(ValueAppender target, Utf8Buffer scratch) {
        scratch.clear();
        CompactJson.write(this, scratch);
        scratch.appendTo(target);
    }

    /** Appends a {@code TEXT} as a JSON string. */
    void writeQuoted(Utf8Buffer target);

    /** Appends an {@code INTEGER} or {@code FRACTION} as it is written. */
    void writeNumber(Utf8Buffer target);

    /** A value without parts as an object of the JDK; a {@code FRACTION} of JSON as Double. */
    default @Nullable Object plainValue() {
        return switch (token()) {
            case BOOLEAN -> booleanValue();
            case INTEGER -> isLong() ? (Object) longValue() : bigIntegerValue();
            case FRACTION, NON_FINITE -> doubleValue();
            case TEXT -> text();
            case NULL, BYTES, DATE, BEGIN_LIST, END_LIST, BEGIN_OBJECT, NAME, END_OBJECT, END -> null;
        };
    }

    /** JSON has none. */
    default byte[] bytesValue() {
        throw new IllegalStateException("JSON has no bytes");
    }

    /** Of a {@code DATE}, since 1970-01-01T00:00:00Z. JSON has none. */
    default long dateMillis() {
        throw new IllegalStateException("JSON has no dates");
    }

    /** The current object as JSON text; {@code last} where that is the same. Goes to its end, as {@link #skip} does. */
    JsonBlock block(@Nullable JsonBlock last);

    /** The current value for a message, shortened. */
    String found();

    @Override
    void close();
}
