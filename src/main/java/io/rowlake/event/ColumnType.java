package io.rowlake.event;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The type of a column, as batches hold it and as destinations map it. */
public sealed interface ColumnType {

    /** Calls the method of the visitor that stands for this type. */
    <R> R accept(Visitor<R> visitor);

    /** One method a kind of type, so that the compiler finds the code that a new kind has to touch. */
    interface Visitor<R> {
        R scalar(Scalar type);

        R decimal(DecimalType type);

        R list(ListType type);

        R struct(StructType type);
    }

    /** A type without parameters. */
    enum Scalar implements ColumnType {
        /** UTF-8 text. */
        STRING,
        /** A whole number of 32 bits. */
        INT,
        /** A whole number of 64 bits. */
        LONG,
        /** An IEEE 754 number of 32 bits. */
        FLOAT,
        /** An IEEE 754 number of 64 bits. */
        DOUBLE,
        BOOLEAN,
        /** An instant: microseconds since 1970-01-01T00:00:00Z. */
        TIMESTAMP,
        /** A date and time without a zone: microseconds since 1970-01-01T00:00:00. */
        LOCAL_TIMESTAMP,
        /** Days since 1970-01-01. */
        DATE,
        /** Microseconds since midnight. */
        TIME,
        /** 16 bytes, most significant first. */
        UUID,
        BINARY,
        /** Any JSON value, held as compact JSON text. */
        JSON;

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.scalar(this);
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A decimal number with a fixed number of digits.
     *
     * @param precision digits in all, 1 to 38
     * @param scale digits after the point, 0 to {@code precision}
     */
    record DecimalType(int precision, int scale) implements ColumnType {

        public static final int MAX_PRECISION = 38;

        public DecimalType {
            if (precision < 1 || precision > MAX_PRECISION) {
                throw new IllegalArgumentException("precision must be 1 to 38 but was " + precision);
            }
            if (scale < 0 || scale > precision) {
                throw new IllegalArgumentException(
                        "scale must be 0 to the precision " + precision + " but was " + scale);
            }
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.decimal(this);
        }

        @Override
        public String toString() {
            return "decimal(" + precision + ", " + scale + ")";
        }
    }

    /** A list whose elements, which may be null, have one type. */
    record ListType(ColumnType element) implements ColumnType {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.list(this);
        }

        @Override
        public String toString() {
            return "list<" + element + ">";
        }
    }

    /** A record of named fields, each of which may be null. */
    record StructType(List<Column> fields) implements ColumnType {

        public StructType {
            fields = List.copyOf(fields);
            Column.requireDistinctNames(fields);
        }

        public Optional<Column> field(String name) {
            return fields.stream().filter(field -> field.name().equals(name)).findFirst();
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.struct(this);
        }

        @Override
        public String toString() {
            return "struct<" + Column.text(fields) + ">";
        }
    }
}
