package io.rowlake.sink.iceberg;

import io.rowlake.event.Column;
import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.DecimalType;
import io.rowlake.event.ColumnType.ListType;
import io.rowlake.event.ColumnType.MediaType;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.ColumnType.StructType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Column types of any shape, and values for them, that come again with the seed. One value in five is null. */
final class RandomColumns {

    private static final long MICROS_PER_DAY = 86_400_000_000L;
    private static final long MICROS_IN_RANGE = 4_000_000_000_000_000L;
    private static final int DAYS_IN_RANGE = 100_000;
    private static final Scalar[] SCALARS = EnumSet.complementOf(
                    EnumSet.of(Scalar.VARIANT, Scalar.TIMESTAMP_NANO, Scalar.LOCAL_TIMESTAMP_NANO))
            .toArray(Scalar[]::new);

    private final Random random;

    RandomColumns(long seed) {
        this.random = new Random(seed);
    }

    /** Up to a bound, exclusively. */
    int number(int bound) {
        return random.nextInt(bound);
    }

    /** A type with no more than so many levels of lists and structs. */
    ColumnType type(int depth) {
        int kind = random.nextInt(depth > 0 ? SCALARS.length + 5 : SCALARS.length + 1);
        if (kind < SCALARS.length) {
            return SCALARS[kind];
        }
        if (kind == SCALARS.length) {
            int precision = 1 + random.nextInt(DecimalType.MAX_PRECISION);
            return new DecimalType(precision, random.nextInt(precision + 1));
        }
        return kind <= SCALARS.length + 2 ? new ListType(type(depth - 1)) : new StructType(columns("f", depth - 1));
    }

    List<Column> columns(String prefix, int depth) {
        List<Column> columns = new ArrayList<>();
        int count = 1 + random.nextInt(5);
        for (int i = 0; i < count; i++) {
            columns.add(new Column(prefix + i, type(depth)));
        }
        return columns;
    }

    /** A value in the form in which batches are made of it. */
    @Nullable
    Object value(ColumnType type) {
        return random.nextInt(5) == 0 ? null : type.accept(new Value());
    }

    private final class Value implements ColumnType.Visitor<Object> {

        @Override
        public Object scalar(Scalar type) {
            return switch (type) {
                case STRING, JSON, VARIANT ->
                    Integer.toHexString(random.nextInt()) + "é🐅".substring(0, random.nextInt(2));
                case INT -> random.nextInt();
                case DATE -> random.nextInt(2 * DAYS_IN_RANGE) - DAYS_IN_RANGE;
                case LONG, TIMESTAMP_NANO, LOCAL_TIMESTAMP_NANO -> random.nextLong();
                case TIMESTAMP, LOCAL_TIMESTAMP -> random.nextLong() % MICROS_IN_RANGE;
                case TIME -> random.nextLong(MICROS_PER_DAY);
                case FLOAT -> random.nextInt(8) == 0 ? Float.NaN : random.nextFloat() - 0.5f;
                case DOUBLE -> random.nextInt(8) == 0 ? Double.NaN : random.nextDouble() - 0.5;
                case BOOLEAN -> random.nextBoolean();
                case UUID -> new UUID(random.nextLong(), random.nextLong());
                case BINARY -> bytes();
            };
        }

        @Override
        public Object decimal(DecimalType type) {
            BigInteger digits = new BigInteger(4 * type.precision(), random).mod(BigInteger.TEN.pow(type.precision()));
            return new BigDecimal(random.nextBoolean() ? digits : digits.negate(), type.scale());
        }

        @Override
        public Object list(ListType type) {
            List<@Nullable Object> elements = new ArrayList<>();
            int count = random.nextInt(4);
            for (int i = 0; i < count; i++) {
                elements.add(value(type.element()));
            }
            return elements;
        }

        @Override
        public Object struct(StructType type) {
            List<@Nullable Object> fields = new ArrayList<>();
            type.fields().forEach(field -> fields.add(value(field.type())));
            return fields;
        }

        @Override
        public Object media(MediaType type) {
            return struct(MediaType.PARTS);
        }

        private byte[] bytes() {
            byte[] bytes = new byte[random.nextInt(6)];
            random.nextBytes(bytes);
            return bytes;
        }
    }
}
