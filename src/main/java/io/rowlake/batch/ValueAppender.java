package io.rowlake.batch;

import io.rowlake.event.ColumnType;
import java.math.BigInteger;

/**
 * Takes the values of one column, list element or struct field, one after the other.
 *
 * <p>Values come in the units that {@link ColumnType.Scalar} states: this is no place of conversion. A call that doesn't
 * fit the type is a fault of the caller and throws {@link IllegalStateException}. Every append may throw
 * {@link BatchFullException}. Not safe for several threads.
 */
public interface ValueAppender {

    ColumnType type();

    void appendNull();

    /** For {@code BOOLEAN}. */
    default void appendBoolean(boolean value) {
        throw wrongKind("a boolean");
    }

    /**
     * For {@code INT}, {@code LONG}, {@code TIMESTAMP}, {@code LOCAL_TIMESTAMP}, {@code DATE} and {@code TIME}.
     *
     * @throws ArithmeticException if the column holds 32 bits and the value has more
     */
    default void appendLong(long value) {
        throw wrongKind("a whole number");
    }

    /** For {@code FLOAT}, rounded to the nearest, and {@code DOUBLE}. */
    default void appendDouble(double value) {
        throw wrongKind("a floating point number");
    }

    /** The first {@code count} of the values, one after the other, as {@link #appendDouble} does. */
    default void appendDoubles(double[] values, int count) {
        for (int i = 0; i < count; i++) {
            appendDouble(values[i]);
        }
    }

    /**
     * For a decimal: the value without its point, of the column's scale.
     *
     * @throws ArithmeticException if the value has more digits than the column's precision
     */
    default void appendUnscaled(BigInteger unscaled) {
        throw wrongKind("a decimal");
    }

    /** For {@code STRING} and {@code JSON} (valid UTF-8), {@code BINARY}, and {@code UUID} (16 bytes). */
    default void appendBytes(byte[] bytes, int offset, int length) {
        throw wrongKind("bytes");
    }

    /** For a list: the elements follow through {@link #element}, then {@link #endList}. */
    default void beginList() {
        throw wrongKind("a list");
    }

    default ValueAppender element() {
        throw wrongKind("a list");
    }

    default void endList() {
        throw wrongKind("a list");
    }

    /** For a struct: at most one value for each {@link #field} follows, then {@link #endStruct} fills the rest. */
    default void beginStruct() {
        throw wrongKind("a struct");
    }

    /** Where the value of a field goes, by its position in the type of the struct. */
    default ValueAppender field(int index) {
        throw wrongKind("a struct");
    }

    /** Whether the struct under construction already has a value for the field. */
    default boolean isFieldSet(int index) {
        throw wrongKind("a struct");
    }

    default void endStruct() {
        throw wrongKind("a struct");
    }

    private IllegalStateException wrongKind(String found) {
        return new IllegalStateException("Cannot append " + found + " to a column of type " + type());
    }
}
