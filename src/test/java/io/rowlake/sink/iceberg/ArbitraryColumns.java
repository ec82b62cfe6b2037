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
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Columns of any type, and values for them in the form in which batches are made of them. */
final class ArbitraryColumns {

    private static final long YEAR_ONE_MICROS = -62_135_596_800_000_000L;
    private static final long YEAR_9999_MICROS = 253_402_300_799_999_999L;
    private static final long DAY_MICROS = 86_400_000_000L;
    private static final int DAY_SECONDS = 86_400;
    private static final int MICROS = 1_000_000;

    private ArbitraryColumns() {}

    /** One to five columns, with names that only quoting tells apart from paths. */
    static Arbitrary<List<Column>> columns() {
        return fields(2);
    }

    /** So many values of one column, one in five null. */
    static Arbitrary<List<Object>> values(Column column, int rows) {
        return value(column.type()).list().ofSize(rows);
    }

    private static Arbitrary<List<Column>> fields(int depth) {
        return type(depth).list().ofMinSize(1).ofMaxSize(5).map(ArbitraryColumns::named);
    }

    private static List<Column> named(List<ColumnType> types) {
        List<Column> columns = new ArrayList<>();
        for (ColumnType type : types) {
            columns.add(new Column(List.of("a b", "é🐅", "q\"", "s/", "plain").get(columns.size()), type));
        }
        return columns;
    }

    private static Arbitrary<ColumnType> type(int depth) {
        // Variants come as text in batches, and are read as variants: they have tests of their own.
        Arbitrary<ColumnType> scalars = Arbitraries.of(Stream.of(Scalar.values())
                .filter(scalar -> scalar != Scalar.VARIANT)
                .map(scalar -> (ColumnType) scalar)
                .toList());
        Arbitrary<ColumnType> decimals = Arbitraries.integers()
                .between(1, DecimalType.MAX_PRECISION)
                .flatMap(precision -> Arbitraries.integers()
                        .between(0, precision)
                        .map(scale -> (ColumnType) new DecimalType(precision, scale)));
        if (depth == 0) {
            return Arbitraries.oneOf(scalars, decimals);
        }
        return Arbitraries.oneOf(
                scalars,
                decimals,
                type(depth - 1).map(ListType::new),
                fields(depth - 1).map(StructType::new));
    }

    private static Arbitrary<Object> value(ColumnType type) {
        return type.accept(new Values()).injectNull(0.2);
    }

    private static final class Values implements ColumnType.Visitor<Arbitrary<Object>> {

        @Override
        public Arbitrary<Object> scalar(Scalar type) {
            return switch (type) {
                case STRING, JSON, VARIANT ->
                    Arbitraries.of("a", "", "é", "\u0000", "🐅", "\"\n")
                            .list()
                            .ofMaxSize(4)
                            .map(parts -> String.join("", parts));
                case INT -> Arbitraries.integers().map(value -> value);
                case LONG, TIMESTAMP_NANO, LOCAL_TIMESTAMP_NANO ->
                    Arbitraries.longs().map(value -> value);
                case DATE ->
                    Arbitraries.longs()
                            .between(YEAR_ONE_MICROS, YEAR_9999_MICROS)
                            .map(micros -> Math.toIntExact(Math.floorDiv(micros, (long) DAY_SECONDS * MICROS)));
                case TIMESTAMP, LOCAL_TIMESTAMP ->
                    Arbitraries.longs()
                            .between(YEAR_ONE_MICROS, YEAR_9999_MICROS)
                            .map(value -> value);
                case TIME -> Arbitraries.longs().between(0, DAY_MICROS - 1).map(value -> value);
                case FLOAT -> Arbitraries.floats().map(value -> value);
                case DOUBLE ->
                    Arbitraries.oneOf(
                            Arbitraries.doubles().map(value -> value),
                            Arbitraries.of(
                                    Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, 4.9e-324));
                case BOOLEAN -> Arbitraries.of(true, false);
                case UUID ->
                    Combinators.combine(Arbitraries.longs(), Arbitraries.longs())
                            .as(UUID::new);
                case BINARY ->
                    Arbitraries.bytes().array(byte[].class).ofMaxSize(5).map(value -> value);
            };
        }

        @Override
        public Arbitrary<Object> decimal(DecimalType type) {
            BigInteger end = BigInteger.TEN.pow(type.precision()).subtract(BigInteger.ONE);
            return Arbitraries.bigIntegers()
                    .between(end.negate(), end)
                    .map(digits -> new BigDecimal(digits, type.scale()));
        }

        @Override
        public Arbitrary<Object> list(ListType type) {
            return value(type.element()).list().ofMaxSize(3).map(values -> values);
        }

        @Override
        public Arbitrary<Object> struct(StructType type) {
            return Combinators.combine(type.fields().stream()
                            .map(field -> value(field.type()))
                            .toList())
                    .as(values -> values);
        }

        @Override
        public Arbitrary<Object> media(MediaType type) {
            return struct(MediaType.PARTS);
        }
    }
}
