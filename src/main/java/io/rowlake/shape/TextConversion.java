package io.rowlake.shape;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rowlake.batch.ValueAppender;
import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.Scalar;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FixedSizeBinaryVector;

/** Scalars as text: numbers in digits, times in ISO 8601. */
record TextConversion(FieldVector vector, ColumnType type) implements Conversion {

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long NANOS_PER_MICRO = 1000;

    @Override
    public void append(int row, ValueAppender target) {
        if (vector.isNull(row)) {
            target.appendNull();
            return;
        }
        byte[] text = text(row).getBytes(UTF_8);
        target.appendBytes(text, 0, text.length);
    }

    /** The text of a value that is there. */
    String text(int row) {
        if (type instanceof Scalar scalar) {
            return switch (scalar) {
                case DATE -> LocalDate.ofEpochDay(whole(row)).toString();
                case TIME -> LocalTime.ofNanoOfDay(whole(row) * NANOS_PER_MICRO).toString();
                case TIMESTAMP -> instant(row, MICROS_PER_SECOND).toString();
                case TIMESTAMP_NANO -> instant(row, NANOS_PER_SECOND).toString();
                case LOCAL_TIMESTAMP -> local(instant(row, MICROS_PER_SECOND)).toString();
                case LOCAL_TIMESTAMP_NANO ->
                    local(instant(row, NANOS_PER_SECOND)).toString();
                case UUID -> uuid(((FixedSizeBinaryVector) vector).get(row));
                case STRING, INT, LONG, FLOAT, DOUBLE, BOOLEAN, BINARY, JSON, VARIANT ->
                    String.valueOf(vector.getObject(row));
            };
        }
        return ((BigDecimal) vector.getObject(row)).toPlainString();
    }

    private long whole(int row) {
        return ValueCopy.whole((BaseFixedWidthVector) vector, row);
    }

    private Instant instant(int row, long unitsPerSecond) {
        long units = whole(row);
        return Instant.ofEpochSecond(
                Math.floorDiv(units, unitsPerSecond),
                Math.floorMod(units, unitsPerSecond) * (NANOS_PER_SECOND / unitsPerSecond));
    }

    private static LocalDateTime local(Instant instant) {
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    private static String uuid(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong()).toString();
    }
}
