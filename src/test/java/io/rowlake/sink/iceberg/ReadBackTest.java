package io.rowlake.sink.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowlake.batch.BatchMemory;
import io.rowlake.event.Column;
import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.DecimalType;
import io.rowlake.event.ColumnType.ListType;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.ColumnType.StructType;
import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePosition;
import io.rowlake.event.TableName;
import io.rowlake.event.TableSchema;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes into a table comes out of Iceberg's own reader, and is counted in the metadata of its files. */
class ReadBackTest {

    private static final Column ROW = new Column("row", Scalar.LONG);

    private final BatchMemory memory = new BatchMemory();
    private Lake lake;

    @TempDir
    private Path directory;

    @BeforeEach
    void openLake() {
        lake = new Lake(directory);
    }

    @AfterEach
    void everythingIsReleased() {
        lake.close();
        memory.close();
    }

    static Stream<Arguments> valuesOfEveryType() {
        return Stream.of(
                values(Scalar.STRING, "", "tiger 🐅", "a".repeat(10_000), null),
                values(Scalar.JSON, "{\"a\":[1,null]}", "null", null),
                values(Scalar.INT, 0, Integer.MIN_VALUE, Integer.MAX_VALUE, null),
                values(Scalar.LONG, 0L, Long.MIN_VALUE, Long.MAX_VALUE, null),
                values(Scalar.FLOAT, 0f, -0f, Float.NaN, Float.POSITIVE_INFINITY, Float.MIN_VALUE, null),
                values(Scalar.DOUBLE, 0.0, -0.0, Double.NaN, Double.NEGATIVE_INFINITY, Double.MIN_VALUE, null),
                values(Scalar.BOOLEAN, true, false, null),
                values(Scalar.TIMESTAMP, 0L, -1L, 1_764_000_000_123_456L, null),
                values(Scalar.LOCAL_TIMESTAMP, 0L, -1L, 1_764_000_000_123_456L, null),
                values(Scalar.DATE, 0, -1, 20_415, null),
                values(Scalar.TIME, 0L, 86_399_999_999L, null),
                values(Scalar.UUID, new UUID(0, 1), new UUID(-1, Long.MIN_VALUE), null),
                values(Scalar.BINARY, new byte[0], new byte[] {0, -1, 127}, null),
                values(new DecimalType(9, 2), new BigDecimal("-9999999.99"), new BigDecimal("0.01"), null),
                values(new DecimalType(18, 0), new BigDecimal("-999999999999999999"), null),
                values(new DecimalType(38, 38), new BigDecimal("-0." + "9".repeat(38)), new BigDecimal("0E-38"), null),
                values(
                        new ListType(new ListType(Scalar.INT)),
                        List.of(),
                        List.of(List.of()),
                        Arrays.asList(null, List.of(), List.of(1, 2), Arrays.asList(3, null)),
                        null),
                values(
                        new StructType(
                                List.of(new Column("x", Scalar.FLOAT), new Column("y", new ListType(Scalar.STRING)))),
                        Arrays.asList(null, null),
                        List.of(1.5f, List.of()),
                        Arrays.asList(null, Arrays.asList("a", null)),
                        null),
                values(
                        new ListType(new StructType(List.of(
                                new Column("box", new ListType(Scalar.DOUBLE)), new Column("label", Scalar.JSON)))),
                        Arrays.asList(null, List.of(List.of(0.5, Double.NaN), "1"), Arrays.asList(List.of(), null)),
                        List.of(),
                        null));
    }

    @ParameterizedTest
    @MethodSource
    void valuesOfEveryType(Column column, List<@Nullable Object> values) {
        List<List<?>> rows =
                values.stream().<List<?>>map(value -> Arrays.asList(value)).toList();

        write(lake.sink(), new TableSchema(List.of(column), List.of()), rows);

        assertThat(lake.records().stream()
                        .map(read -> ReadValues.plain(column.type(), read.getField("value")))
                        .toList())
                .isEqualTo(ReadValues.comparable(values));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void rowsOfAnyShape(long seed) {
        var random = new RandomColumns(seed);
        List<Column> columns = new ArrayList<>(List.of(ROW));
        columns.addAll(random.columns("c", 3));
        List<List<?>> rows = new ArrayList<>();
        for (long row = 0; row < 500; row++) {
            List<@Nullable Object> values = new ArrayList<>();
            values.add(row);
            columns.subList(1, columns.size()).forEach(column -> values.add(random.value(column.type())));
            rows.add(values);
        }

        write(
                lake.sink(settings(seed % 2 == 0 ? "bucket(3, row)" : "", 2 + random.number(2))),
                new TableSchema(columns, List.of()),
                rows);

        assertThat(lake.records().stream()
                        .map(read -> ReadValues.plain(columns, read))
                        .sorted(Comparator.comparingLong(row -> (Long) row.get(0)))
                        .toList())
                .isEqualTo(ReadValues.comparable(rows));
        assertThat(nullCounts(columns)).isEqualTo(nullsPerColumn(columns, rows));
    }

    @Test
    void filesHaveCountsAndBounds() {
        var columns = new TableSchema(
                List.of(
                        new Column("number", Scalar.DOUBLE),
                        new Column("text", Scalar.STRING),
                        new Column("pair", new StructType(List.of(new Column("x", Scalar.FLOAT)))),
                        new Column("none", Scalar.FLOAT)),
                List.of());

        write(
                lake.sink(),
                columns,
                List.of(
                        Arrays.asList(-0.0, "b", List.of(Float.NaN), null),
                        Arrays.asList(Double.NaN, "a", List.of(2f), null),
                        Arrays.asList(0.0, null, null, null),
                        Arrays.asList(null, "c", Arrays.asList((Object) null), null)));

        DataFile file = lake.dataFiles().get(0);
        assertThat(file.recordCount()).isEqualTo(4);
        assertThat(file.splitOffsets()).containsExactly(4L);
        assertThat(metrics(file, "number")).containsExactly(4L, 1L, 1L, -0.0, 0.0);
        assertThat(metrics(file, "text")).containsExactly(4L, 1L, null, "a", "c");
        assertThat(metrics(file, "pair.x")).containsExactly(4L, 2L, 1L, 2f, 2f);
        assertThat(metrics(file, "none")).containsExactly(4L, 4L, 0L, null, null);
    }

    private static Arguments values(ColumnType type, @Nullable Object... values) {
        return Arguments.of(new Column("value", type), Arrays.asList(values));
    }

    private static IcebergSettings settings(String partitions, int formatVersion) {
        return new IcebergSettings(
                TableName.parse(Lake.TABLE),
                PartitionTransforms.parse(partitions),
                Optional.empty(),
                formatVersion,
                Lake.APPEND,
                Duration.ofSeconds(60));
    }

    private void write(IcebergSink sink, TableSchema schema, List<List<?>> rows) {
        try (sink) {
            sink.open(Set.of(Lake.IMAGES));
            Lake.stage(memory, sink, schema, new SourcePosition(Lake.IMAGES, 0), rows);
            sink.commitAll(SourceOffsets.of(Lake.IMAGES, rows.size()));
        }
    }

    /** Values, nulls, NaNs, lower bound and upper bound of one column. */
    private List<@Nullable Object> metrics(DataFile file, String column) {
        Schema schema = lake.table().schema();
        Types.NestedField field = schema.findField(column);
        int id = field.fieldId();
        return Arrays.asList(
                file.valueCounts().get(id),
                file.nullValueCounts().get(id),
                file.nanValueCounts().get(id),
                bound(field, file.lowerBounds()),
                bound(field, file.upperBounds()));
    }

    private static @Nullable Object bound(Types.NestedField field, Map<Integer, ByteBuffer> bounds) {
        Object bound = Conversions.fromByteBuffer(field.type(), bounds.get(field.fieldId()));
        return bound instanceof CharSequence text ? text.toString() : bound;
    }

    private List<Long> nullCounts(List<Column> columns) {
        Schema schema = lake.table().schema();
        return columns.stream()
                .filter(ReadBackTest::hasMetrics)
                .map(column -> lake.dataFiles().stream()
                        .mapToLong(file -> file.nullValueCounts()
                                .get(schema.findField(column.name()).fieldId()))
                        .sum())
                .toList();
    }

    private static List<Long> nullsPerColumn(List<Column> columns, List<List<?>> rows) {
        return IntStream.range(0, columns.size())
                .filter(column -> hasMetrics(columns.get(column)))
                .mapToObj(column ->
                        rows.stream().filter(row -> row.get(column) == null).count())
                .toList();
    }

    private static boolean hasMetrics(Column column) {
        return !(column.type() instanceof ListType) && !(column.type() instanceof StructType);
    }
}
