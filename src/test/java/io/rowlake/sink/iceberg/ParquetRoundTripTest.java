package io.rowlake.sink.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowlake.batch.Batches;
import io.rowlake.batch.ChangeBatch;
import io.rowlake.event.Column;
import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.DecimalType;
import io.rowlake.event.ColumnType.ListType;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.ColumnType.StructType;
import io.rowlake.event.MalformedEventsException;
import io.rowlake.event.Operation;
import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePosition;
import io.rowlake.event.TableSchema;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ParquetRoundTripTest extends LakeTest {

    private static final UUID ANIMAL = UUID.fromString("f81d4fae-7dec-11d0-a765-00a0c91e6bf6");

    /** A value as a batch takes it, and as Iceberg's reader shows it. */
    record Case(
            ColumnType type,
            @Nullable Object written,
            @Nullable Object read) {}

    static Stream<Case> values() {
        return Stream.concat(scalars(), Stream.concat(decimals(), nested()));
    }

    private static Stream<Case> scalars() {
        return Stream.of(
                same(Scalar.STRING, ""),
                same(Scalar.STRING, "tiger 🐅"),
                same(Scalar.JSON, "{\"a\":[1,null]}"),
                same(Scalar.INT, Integer.MIN_VALUE),
                same(Scalar.LONG, Long.MAX_VALUE),
                same(Scalar.FLOAT, -1.5f),
                same(Scalar.FLOAT, Float.NaN),
                same(Scalar.DOUBLE, Double.MIN_VALUE),
                same(Scalar.DOUBLE, Double.NEGATIVE_INFINITY),
                same(Scalar.BOOLEAN, true),
                same(Scalar.BOOLEAN, false),
                new Case(Scalar.TIMESTAMP, -1L, OffsetDateTime.parse("1969-12-31T23:59:59.999999Z")),
                new Case(Scalar.LOCAL_TIMESTAMP, 1_000_001L, LocalDateTime.parse("1970-01-01T00:00:01.000001")),
                new Case(Scalar.DATE, -1L, LocalDate.parse("1969-12-31")),
                new Case(Scalar.TIME, 86_399_999_999L, LocalTime.parse("23:59:59.999999")),
                same(Scalar.UUID, ANIMAL),
                new Case(Scalar.BINARY, new byte[] {0, -1, 127}, ByteBuffer.wrap(new byte[] {0, -1, 127})),
                new Case(Scalar.BINARY, new byte[0], ByteBuffer.allocate(0)));
    }

    private static Stream<Case> decimals() {
        return Stream.of(1, 9, 10, 18, 19, 37, 38)
                .flatMap(precision -> Stream.of("0", "-1", "9".repeat(precision), "-" + "9".repeat(precision))
                        .map(digits -> same(
                                new DecimalType(precision, precision / 2),
                                new BigDecimal(digits).scaleByPowerOfTen(-(precision / 2)))))
                .map(each -> new Case(each.type(), each.written(), scaled(each)));
    }

    private static Stream<Case> nested() {
        var point = new StructType(List.of(
                new Column("x", Scalar.DOUBLE),
                new Column("tags", new ListType(Scalar.STRING)),
                new Column("inner", new StructType(List.of(new Column("b", Scalar.BOOLEAN))))));
        var points = new ListType(point);
        var matrix = new ListType(new ListType(Scalar.FLOAT));
        return Stream.of(
                same(new ListType(Scalar.LONG), Arrays.asList(1L, null, 3L)),
                same(new ListType(Scalar.STRING), List.of()),
                same(new ListType(new DecimalType(20, 1)), List.of(new BigDecimal("-0.1"))),
                same(matrix, Arrays.asList(List.of(1f, 2f), List.of(), null, Collections.singletonList(null))),
                same(point, Arrays.asList(1.0, List.of("a", "b"), List.of(true))),
                same(point, Arrays.asList(null, null, null)),
                same(point, Arrays.asList(Double.NaN, List.of(), Collections.singletonList(null))),
                same(points, List.of()),
                same(points, Arrays.asList(null, Arrays.asList(2.0, Arrays.asList(null, "c"), null), null)),
                same(
                        new ListType(new ListType(points)),
                        Arrays.asList(
                                null,
                                List.of(),
                                List.of(List.of()),
                                List.of(List.of(Arrays.asList(null, List.of("d"), null))))));
    }

    private static Case same(ColumnType type, Object value) {
        return new Case(type, value, value);
    }

    private static BigDecimal scaled(Case decimal) {
        BigDecimal value = (BigDecimal) Objects.requireNonNull(decimal.written());
        return value.setScale(((DecimalType) decimal.type()).scale());
    }

    @ParameterizedTest
    @MethodSource("values")
    void aValueIsReadBetweenNulls(Case given) {
        var schema = new TableSchema(List.of(ID, new Column("value", given.type())), List.of());
        IcebergSink sink = opened(lake.sink(), IMAGES);

        stage(sink, schema, Arrays.asList(0L, null), Arrays.asList(1L, given.written()), Arrays.asList(2L, null));
        stage(sink, schema, Arrays.asList(3L, given.written()));
        sink.commitAll(SourceOffsets.of(IMAGES, 4));

        assertThat(lake.records().stream().map(ParquetRoundTripTest::plain))
                .containsExactly(
                        Arrays.asList(0L, null),
                        Arrays.asList(1L, given.read()),
                        Arrays.asList(2L, null),
                        Arrays.asList(3L, given.read()));
        assertThat(lake.dataFiles()).hasSize(1);
        assertThat(MetricsText.of(lake.dataFiles().get(0), lake.table())).isEqualTo(genericMetrics());
    }

    @Test
    void metricsOfManyRowsAreThoseOfIcebergsOwnWriter() {
        List<Column> columns = new ArrayList<>(List.of(ID));
        List<List<@Nullable Object>> rows = new ArrayList<>();
        List<Case> cases = values().toList();
        for (int i = 0; i < cases.size(); i++) {
            columns.add(new Column("c" + i, cases.get(i).type()));
        }
        for (long id = 0; id < 30; id++) {
            List<@Nullable Object> row = new ArrayList<>();
            row.add(id);
            for (int i = 0; i < cases.size(); i++) {
                row.add((id + i) % 3 == 0 ? null : cases.get(i).written());
            }
            rows.add(row);
        }
        IcebergSink sink = opened(lake.sink(), IMAGES);

        Lake.stage(memory, sink, new TableSchema(columns, List.of()), new SourcePosition(IMAGES, 0), List.copyOf(rows));
        sink.commitAll(SourceOffsets.of(IMAGES, 30));

        assertThat(MetricsText.of(lake.dataFiles().get(0), lake.table())).isEqualTo(genericMetrics());
    }

    @Test
    void boundsAndCountsOfFloatingPointNumbersAreThoseOfIcebergsOwnWriter() {
        var schema = new TableSchema(
                List.of(
                        new Column("f", Scalar.FLOAT),
                        new Column("d", Scalar.DOUBLE),
                        new Column("s", new StructType(List.of(new Column("f", Scalar.FLOAT))))),
                List.of());
        IcebergSink sink = opened(lake.sink(), IMAGES);

        stage(
                sink,
                schema,
                Arrays.asList(Float.NaN, 0.0, List.of(Float.NaN)),
                Arrays.asList(Float.POSITIVE_INFINITY, -0.0, null),
                Arrays.asList(-3.5f, Double.NaN, Collections.singletonList(null)),
                Arrays.asList(null, Double.NEGATIVE_INFINITY, List.of(2f)));
        sink.commitAll(SourceOffsets.of(IMAGES, 4));

        DataFile file = lake.dataFiles().get(0);
        int inStruct = lake.table().schema().findField("s.f").fieldId();
        assertThat(MetricsText.of(file, lake.table())).isEqualTo(genericMetrics());
        assertThat(file.valueCounts()).containsEntry(inStruct, 4L);
        assertThat(file.nullValueCounts()).containsEntry(inStruct, 2L);
    }

    @Test
    void columnsThatTheBatchLacksAreNull() {
        var wide = new TableSchema(
                List.of(
                        ID,
                        new Column("f", Scalar.FLOAT),
                        new Column("l", new ListType(Scalar.DOUBLE)),
                        new Column(
                                "s",
                                new StructType(List.of(new Column("a", Scalar.LONG), new Column("b", Scalar.DOUBLE))))),
                List.of());
        var narrow = new TableSchema(
                List.of(new Column("s", new StructType(List.of(new Column("a", Scalar.LONG)))), ID), List.of());
        IcebergSink sink = opened(lake.sink(), IMAGES);
        stage(sink, wide, Arrays.asList(0L, 1f, List.of(1.0), List.of(7L, 0.5)));
        sink.commitAll(SourceOffsets.of(IMAGES, 1));

        stage(sink, narrow, Arrays.asList(List.of(8L), 1L), Arrays.asList(null, 2L));
        sink.commitAll(SourceOffsets.of(IMAGES, 3));

        assertThat(lake.records().stream().map(ParquetRoundTripTest::plain))
                .containsExactlyInAnyOrder(
                        Arrays.asList(0L, 1f, List.of(1.0), List.of(7L, 0.5)),
                        Arrays.asList(1L, null, null, Arrays.asList(8L, null)),
                        Arrays.asList(2L, null, null, null));
    }

    @Test
    void columnNamesTravelAsTheyAre() {
        List<String> names =
                List.of("two words", "dotted.name", "quo\"ted", "o'clock", "größe", "列", "1st", "a-b", "a_x20b");
        var columns = names.stream()
                .map(name -> new Column(name, new StructType(List.of(new Column(name + "!", Scalar.STRING)))))
                .toList();
        var schema = new TableSchema(columns, List.of());
        IcebergSink sink = opened(lake.sink(), IMAGES);

        stage(sink, schema, names.stream().map(List::of).toList());
        sink.commitAll(SourceOffsets.of(IMAGES, 1));

        assertThat(plain(lake.records().get(0)))
                .isEqualTo(names.stream().map(List::of).toList());
        assertThat(SchemaMapping.columns(lake.table().schema())).isEqualTo(schema);
    }

    @Test
    void aNullInARequiredFieldIsRefused() {
        createTable(new Schema(Types.NestedField.optional(
                1,
                "s",
                Types.StructType.of(
                        Types.NestedField.required(2, "list", Types.ListType.ofRequired(3, Types.LongType.get()))))));
        var schema = new TableSchema(
                List.of(new Column("s", new StructType(List.of(new Column("list", new ListType(Scalar.LONG)))))),
                List.of());
        IcebergSink sink = opened(lake.sink(), IMAGES);

        assertRefused(sink, schema, "s.list", Arrays.asList(Collections.singletonList(null)));
        assertRefused(sink, schema, "s.list.element", List.of(List.of(Collections.singletonList(null))));
        sink.discard();
        stage(sink, schema, List.of(List.of(List.of(4L))), Collections.singletonList(null));
        sink.commitAll(SourceOffsets.of(IMAGES, 1));
        assertThat(lake.records().stream().map(ParquetRoundTripTest::plain))
                .containsExactly(List.of(List.of(List.of(4L))), Collections.singletonList(null));
    }

    private void assertRefused(IcebergSink sink, TableSchema schema, String column, List<?> row) {
        sink.discard();
        assertThatThrownBy(() -> stage(sink, schema, row))
                .isInstanceOf(MalformedEventsException.class)
                .hasMessage(
                        "Cannot decode event at images-0@0: column '" + column + "' must have a value, since the table"
                                + " requires one, but was null (to take nulls, make it optional in the table)");
    }

    private void createTable(Schema schema) {
        ((SupportsNamespaces) lake.catalog()).createNamespace(Namespace.of("lake"));
        lake.catalog().createTable(TableIdentifier.parse(Lake.TABLE), schema);
    }

    private void stage(IcebergSink sink, TableSchema schema, List<?>... rows) {
        Batches batch = Batches.of(memory, sink.reconcile(schema));
        for (List<?> row : rows) {
            batch.row(new SourcePosition(IMAGES, 0), Operation.CREATE, row.toArray());
        }
        try (ChangeBatch built = batch.build()) {
            sink.stage(built);
        }
    }

    /** What Iceberg's own writer says of the same rows. */
    private String genericMetrics() {
        return MetricsText.of(
                GenericFile.write(lake.table(), lake.records(), directory.resolve("generic.parquet")), lake.table());
    }

    /** Records as lists of their values. */
    private static @Nullable Object plain(@Nullable Object value) {
        List<@Nullable Object> values = new ArrayList<>();
        if (value instanceof Record record) {
            for (int i = 0; i < record.size(); i++) {
                values.add(plain(record.get(i)));
            }
            return values;
        }
        if (value instanceof List<?> list) {
            list.forEach(element -> values.add(plain(element)));
            return values;
        }
        return value;
    }
}
