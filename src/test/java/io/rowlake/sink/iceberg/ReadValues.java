package io.rowlake.sink.iceberg;

import io.rowlake.event.Column;
import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.DecimalType;
import io.rowlake.event.ColumnType.ListType;
import io.rowlake.event.ColumnType.MediaType;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.ColumnType.StructType;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.iceberg.data.Record;
import org.jspecify.annotations.Nullable;

/** Values that Iceberg's generic reader gives, in the form in which batches are made of them; byte strings as buffers. */
record ReadValues(Object read) implements ColumnType.Visitor<Object> {

    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long NANOS_PER_MICRO = 1000;

    static @Nullable Object plain(ColumnType type, @Nullable Object read) {
        return read == null ? null : type.accept(new ReadValues(read));
    }

    static List<@Nullable Object> plain(List<Column> columns, Record read) {
        List<@Nullable Object> values = new ArrayList<>();
        columns.forEach(column -> values.add(plain(column.type(), read.getField(column.name()))));
        return values;
    }

    /** Values that batches are made of, so that they can be compared: byte strings as buffers. */
    static @Nullable Object comparable(@Nullable Object value) {
        if (value instanceof byte[] bytes) {
            return ByteBuffer.wrap(bytes);
        }
        return value instanceof List<?> list
                ? Arrays.asList(list.stream().map(ReadValues::comparable).toArray())
                : value;
    }

    @Override
    public Object scalar(Scalar type) {
        return switch (type) {
            case STRING, JSON, VARIANT, INT, LONG, FLOAT, DOUBLE, BOOLEAN, UUID -> read;
            case DATE -> Math.toIntExact(((LocalDate) read).toEpochDay());
            case TIME -> ((LocalTime) read).getLong(ChronoField.MICRO_OF_DAY);
            case TIMESTAMP -> micros((OffsetDateTime) read);
            case LOCAL_TIMESTAMP -> micros(((LocalDateTime) read).atOffset(ZoneOffset.UTC));
            case TIMESTAMP_NANO -> nanos((OffsetDateTime) read);
            case LOCAL_TIMESTAMP_NANO -> nanos(((LocalDateTime) read).atOffset(ZoneOffset.UTC));
            case BINARY -> read;
        };
    }

    @Override
    public Object decimal(DecimalType type) {
        return read;
    }

    @Override
    public Object list(ListType type) {
        List<@Nullable Object> elements = new ArrayList<>();
        ((List<?>) read).forEach(element -> elements.add(plain(type.element(), element)));
        return elements;
    }

    @Override
    public Object struct(StructType type) {
        return plain(type.fields(), (Record) read);
    }

    @Override
    public Object media(MediaType type) {
        return struct(MediaType.PARTS);
    }

    private static long nanos(OffsetDateTime time) {
        return nanosOf(time).longValueExact();
    }

    private static long micros(OffsetDateTime time) {
        return nanosOf(time).divide(BigInteger.valueOf(NANOS_PER_MICRO)).longValueExact();
    }

    /** Of times for which ChronoUnit overflows on the way, as those more than 292 years from 1970. */
    private static BigInteger nanosOf(OffsetDateTime time) {
        Instant instant = time.toInstant();
        return BigInteger.valueOf(instant.getEpochSecond())
                .multiply(BigInteger.valueOf(NANOS_PER_SECOND))
                .add(BigInteger.valueOf(instant.getNano()));
    }
}
