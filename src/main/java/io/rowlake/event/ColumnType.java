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

        R media(MediaType type);
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
        /** An instant: nanoseconds since 1970-01-01T00:00:00Z, from 1677 to 2262. */
        TIMESTAMP_NANO,
        /** A date and time without a zone: nanoseconds since 1970-01-01T00:00:00, from 1677 to 2262. */
        LOCAL_TIMESTAMP_NANO,
        /** Days since 1970-01-01. */
        DATE,
        /** Microseconds since midnight. */
        TIME,
        /** 16 bytes, most significant first. */
        UUID,
        BINARY,
        /** Any JSON value, held as compact JSON text. */
        JSON,
        /** Any JSON value, held as compact JSON text, that the destination keeps in Parquet's binary form. */
        VARIANT;

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

    /**
     * A media file: where it is, and perhaps what is in it. Batches hold it as a struct of {@link #PARTS}. No destination
     * has such a column: it becomes a reference, or the bytes.
     */
    record MediaType() implements ColumnType {

        public static final int FILEURL = 0;
        public static final int LOCALPATH = 1;
        public static final int BYTES = 2;

        /** Each of them null where the event doesn't have it. */
        public static final StructType PARTS = new StructType(List.of(
                new Column("fileurl", Scalar.STRING),
                new Column("localpath", Scalar.STRING),
                new Column("bytes", Scalar.BINARY)));

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.media(this);
        }

        @Override
        public String toString() {
            return "media";
        }
    }
}
