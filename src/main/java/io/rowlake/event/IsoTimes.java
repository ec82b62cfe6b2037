package io.rowlake.event;

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

/** Times in ISO 8601 in the units of columns. Never rounded: what is finer than a column's unit is refused. */
public final class IsoTimes {

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final int NANOS_PER_MICRO = 1000;

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

    private IsoTimes() {}

    /**
     * The count for a column of the type.
     *
     * @throws java.time.DateTimeException if the text is not of the type's form
     * @throws ArithmeticException if the column can't hold the time exactly
     */
    public static long count(String text, Scalar type) {
        return switch (type) {
            case TIMESTAMP -> micros(OffsetDateTime.parse(text, WITH_OFFSET).toInstant());
            case LOCAL_TIMESTAMP -> micros(LocalDateTime.parse(text, LOCAL).toInstant(ZoneOffset.UTC));
            case TIMESTAMP_NANO -> nanos(OffsetDateTime.parse(text, WITH_OFFSET).toInstant());
            case LOCAL_TIMESTAMP_NANO -> nanos(LocalDateTime.parse(text, LOCAL).toInstant(ZoneOffset.UTC));
            case DATE -> LocalDate.parse(text, DateTimeFormatter.ISO_LOCAL_DATE).toEpochDay();
            case TIME ->
                wholeMicros(
                        LocalTime.parse(text, DateTimeFormatter.ISO_LOCAL_TIME).toNanoOfDay());
            case STRING, INT, LONG, FLOAT, DOUBLE, BOOLEAN, UUID, BINARY, JSON, VARIANT ->
                throw new IllegalArgumentException("Cannot read a time into a column of type " + type);
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
}
