package io.rowlake.decode;

import io.rowlake.event.ColumnType.Scalar;

/** Dates of converters in the units of columns, and what messages say of times. */
final class Times {

    static final long MICROS_PER_MILLI = 1000;
    static final long MICROS_PER_DAY = 86_400_000_000L;

    private static final long MILLIS_PER_DAY = 86_400_000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private Times() {}

    /** Of the date that the reader is at. */
    static long ofDate(Tokens tokens, Scalar type) {
        long millis = tokens.dateMillis();
        try {
            return switch (type) {
                case TIMESTAMP, LOCAL_TIMESTAMP -> Math.multiplyExact(millis, MICROS_PER_MILLI);
                case TIMESTAMP_NANO, LOCAL_TIMESTAMP_NANO -> Math.multiplyExact(millis, NANOS_PER_MILLI);
                case DATE -> Math.toIntExact(Math.floorDiv(millis, MILLIS_PER_DAY));
                case TIME -> Math.floorMod(millis, MILLIS_PER_DAY) * MICROS_PER_MILLI;
                case STRING, INT, LONG, FLOAT, DOUBLE, BOOLEAN, UUID, BINARY, JSON, VARIANT -> throw noTime(type);
            };
        } catch (ArithmeticException e) {
            throw WrongValueException.expected(expected(type), tokens);
        }
    }

    /** What a message says that a value of the type must be. */
    static String expected(Scalar type) {
        return switch (type) {
            case TIMESTAMP ->
                "ISO 8601 with an offset and at most 6 digits of a second, as 2026-01-31T12:00:00.000001Z,";
            case LOCAL_TIMESTAMP ->
                "ISO 8601 without an offset and at most 6 digits of a second, as 2026-01-31T12:00:00,";
            case TIMESTAMP_NANO -> "ISO 8601 with an offset, from 1677 to 2262, as 2026-01-31T12:00:00.000000001Z,";
            case LOCAL_TIMESTAMP_NANO ->
                "ISO 8601 without an offset, from 1677 to 2262, as 2026-01-31T12:00:00.000000001,";
            case DATE -> "an ISO 8601 date, as 2026-01-31,";
            case TIME -> "an ISO 8601 time with at most 6 digits of a second, as 12:00:00.000001,";
            case STRING, INT, LONG, FLOAT, DOUBLE, BOOLEAN, UUID, BINARY, JSON, VARIANT -> throw noTime(type);
        };
    }

    private static IllegalArgumentException noTime(Scalar type) {
        return new IllegalArgumentException("Cannot read a time into a column of type " + type);
    }
}
