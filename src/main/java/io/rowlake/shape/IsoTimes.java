package io.rowlake.shape;

import io.rowlake.event.ColumnType.Scalar;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Times in ISO 8601 in the units of columns, exactly. */
final class IsoTimes {

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long NANOS_PER_MICRO = 1000;

    private IsoTimes() {}

    /**
     * The count for a column of the type.
     *
     * @throws java.time.DateTimeException if the text is not of the type's form
     * @throws ArithmeticException if the column can't hold the time exactly
     */
    static long count(String text, Scalar type) {
        return switch (type) {
            case TIMESTAMP -> micros(OffsetDateTime.parse(text).toInstant());
            case LOCAL_TIMESTAMP -> micros(LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
            case TIMESTAMP_NANO -> nanos(OffsetDateTime.parse(text).toInstant());
            case LOCAL_TIMESTAMP_NANO -> nanos(LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
            case DATE -> LocalDate.parse(text).toEpochDay();
            case TIME -> wholeMicros(LocalTime.parse(text).toNanoOfDay());
            case STRING, INT, LONG, FLOAT, DOUBLE, BOOLEAN, UUID, BINARY, JSON, VARIANT ->
                throw new IllegalStateException("No times in a column of type " + type);
        };
    }

    private static long micros(Instant instant) {
        long seconds = Math.multiplyExact(instant.getEpochSecond(), MICROS_PER_SECOND);
        return Math.addExact(seconds, wholeMicros(instant.getNano()));
    }

    private static long nanos(Instant instant) {
        long seconds = Math.multiplyExact(instant.getEpochSecond(), NANOS_PER_SECOND);
        return Math.addExact(seconds, instant.getNano());
    }

    private static long wholeMicros(long nanos) {
        if (nanos % NANOS_PER_MICRO != 0) {
            throw new ArithmeticException("Finer than a microsecond");
        }
        return nanos / NANOS_PER_MICRO;
    }
}
