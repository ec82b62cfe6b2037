package io.rowlake.sink.file;

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
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Rows of any columns, with values in the form in which batches are made of them. */
record ArbitraryRows(List<Column> columns, List<List<Object>> rows) {

    private static final long YEAR_ONE_DAYS = -719_162;
    private static final long YEAR_9999_DAYS = 2_932_896;
    private static final long DAY_MICROS = 86_400_000_000L;
    private static final List<String> NAMES = List.of("a b", "é🐅", "q\",", "line\n", "plain");

    static Arbitrary<ArbitraryRows> any() {
        return fields(2)
                .flatMap(columns -> Combinators.combine(columns.stream()
                                .map(column -> value(column.type()))
                                .toList())
                        .as(values -> values)
                        .list()
                        .ofMinSize(1)
                        .ofMaxSize(4)
                        .map(rows -> new ArbitraryRows(columns, rows)));
    }

    /** The text that a format makes of them. */
    String writtenAs(RowFormat format) {
        var written = new FormatCase(columns.toArray(Column[]::new));
        rows.forEach(row -> written.row(row.toArray()));
        return written.writtenAs(format);
    }

    private static Arbitrary<List<Column>> fields(int depth) {
        return type(depth).list().ofMinSize(1).ofMaxSize(NAMES.size()).map(ArbitraryRows::named);
    }

    private static List<Column> named(List<ColumnType> types) {
        List<Column> columns = new ArrayList<>();
        types.forEach(type -> columns.add(new Column(NAMES.get(columns.size()), type)));
        return columns;
    }

    private static Arbitrary<ColumnType> type(int depth) {
        // Binary values are left out or base64, which other tests show.
        Arbitrary<ColumnType> scalars = Arbitraries.of(Scalar.values())
                .filter(scalar -> scalar != Scalar.BINARY)
                .map(scalar -> scalar);
        Arbitrary<ColumnType> decimals = Arbitraries.integers()
                .between(1, DecimalType.MAX_PRECISION)
                .map(precision -> new DecimalType(precision, precision / 2));
        return depth == 0
                ? Arbitraries.oneOf(scalars, decimals)
                : Arbitraries.oneOf(
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
                case STRING ->
                    Arbitraries.of("a", "", "é", "\u0000", "🐅", "\"", "\n", "\r", ",", "#", " ", "\\")
                            .list()
                            .ofMaxSize(4)
                            .map(parts -> String.join("", parts));
                case JSON, VARIANT ->
                    Arbitraries.of("{\"a\":[1,\"é\",null]}", "[]", "{}", "7", "true", "\"\"", "\"a,\\\"\"");
                case INT -> Arbitraries.integers().map(value -> value);
                case LONG, TIMESTAMP_NANO, LOCAL_TIMESTAMP_NANO ->
                    Arbitraries.longs().map(value -> value);
                case DATE ->
                    Arbitraries.longs().between(YEAR_ONE_DAYS, YEAR_9999_DAYS).map(Math::toIntExact);
                case TIMESTAMP, LOCAL_TIMESTAMP ->
                    Arbitraries.longs()
                            .between(YEAR_ONE_DAYS * DAY_MICROS, YEAR_9999_DAYS * DAY_MICROS)
                            .map(value -> value);
                case TIME -> Arbitraries.longs().between(0, DAY_MICROS - 1).map(value -> value);
                // Zero has no sign here: decimals, as which the readers take numbers, have none.
                case FLOAT -> Arbitraries.floats().map(value -> value + 0.0f);
                case DOUBLE -> Arbitraries.doubles().map(value -> value + 0.0);
                case BOOLEAN -> Arbitraries.of(true, false);
                case UUID ->
                    Combinators.combine(Arbitraries.longs(), Arbitraries.longs())
                            .as(UUID::new);
                case BINARY -> throw new IllegalArgumentException("Binary values are not made here");
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
