package io.rowlake.decode;

import io.rowlake.event.ColumnType.Scalar;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.Locale;

/** Times in the units of columns. Never rounded: what is finer than a column's unit is refused. */
final class Times {

    static final long MICROS_PER_MILLI = 1000;
    static final long MICROS_PER_DAY = 86_400_000_000L;

    private static final long MILLIS_PER_DAY = 86_400_000;
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int NANOS_PER_MICRO = 1000;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    /** A blank for the T and an offset of hours alone are what databases print. */
    private static final DateTimeFormatter LOCAL = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendPattern("['T'][' ']")
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private static final DateTimeFormatter WITH_OFFSET = new DateTimeFormatterBuilder()
            .append(LOCAL)
            .appendPattern("[XXXXX][XXXX][X]")
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private Times() {}

    /**
     * Reads ISO 8601.
     *
     * @throws java.time.DateTimeException if the text is not of the type's form
     * @throws ArithmeticException if the column can't hold the time exactly
     */
    static long ofText(String text, Scalar type) {
        return switch (type) {
            case TIMESTAMP -> micros(OffsetDateTime.parse(text, WITH_OFFSET).toInstant());
            case LOCAL_TIMESTAMP -> micros(LocalDateTime.parse(text, LOCAL).toInstant(ZoneOffset.UTC));
            case TIMESTAMP_NANO -> nanos(OffsetDateTime.parse(text, WITH_OFFSET).toInstant());
            case LOCAL_TIMESTAMP_NANO -> nanos(LocalDateTime.parse(text, LOCAL).toInstant(ZoneOffset.UTC));
            case DATE -> LocalDate.parse(text, DateTimeFormatter.ISO_LOCAL_DATE).toEpochDay();
            case TIME ->
                wholeMicros(
                        LocalTime.parse(text, DateTimeFormatter.ISO_LOCAL_TIME).toNanoOfDay());
            case STRING, INT, LONG, FLOAT, DOUBLE, BOOLEAN, UUID, BINARY, JSON, VARIANT -> throw noTime(type);
        };
    }

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

    private static long micros(Instant instant) {
        // One second is held back, so that years before 1970 reach as far as 64 bits do.
        long micros = wholeMicros(instant.getNano());
        long seconds = instant.getEpochSecond();
        if (seconds < 0) {
            return Math.addExact(Math.multiplyExact(seconds + 1, MICROS_PER_SECOND), micros - MICROS_PER_SECOND);
        }
        return Math.addExact(Math.multiplyExact(seconds, MICROS_PER_SECOND), micros);
    }

    private static long nanos(Instant instant) {
        // As for microseconds: the earliest nanosecond is within reach though its whole second is not.
        long seconds = instant.getEpochSecond();
        long nanos = instant.getNano();
        if (seconds < 0) {
            return Math.addExact(Math.multiplyExact(seconds + 1, NANOS_PER_SECOND), nanos - NANOS_PER_SECOND);
        }
        return Math.addExact(Math.multiplyExact(seconds, NANOS_PER_SECOND), nanos);
    }

    private static long wholeMicros(long nanos) {
        if (nanos % NANOS_PER_MICRO != 0) {
            throw new ArithmeticException("Finer than a microsecond");
        }
        return nanos / NANOS_PER_MICRO;
    }

    private static IllegalArgumentException noTime(Scalar type) {
        return new IllegalArgumentException("Cannot read a time into a column of type " + type);
    }
}
