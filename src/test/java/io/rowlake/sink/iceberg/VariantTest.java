package io.rowlake.sink.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowlake.event.Column;
import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.ListType;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.ColumnType.StructType;
import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePosition;
import io.rowlake.event.TableSchema;
import io.rowlake.sink.SinkException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.variants.PhysicalType;
import org.apache.iceberg.variants.Variant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** JSON in columns of variants, read back by Iceberg's own reader. */
class VariantTest extends LakeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "null | NULL",
                "true | BOOLEAN_TRUE",
                "false | BOOLEAN_FALSE",
                "0 | INT8",
                "-128 | INT8",
                "128 | INT16",
                "-32768 | INT16",
                "32768 | INT32",
                "-2147483648 | INT32",
                "2147483648 | INT64",
                "-9223372036854775808 | INT64",
                "9223372036854775808 | DECIMAL16",
                "-99999999999999999999999999999999999999 | DECIMAL16",
                "0.1 | DOUBLE",
                "-0.0 | DOUBLE",
                "1e300 | DOUBLE",
                "0.12345678901234567890 | DECIMAL16",
                "9007199254740993.0 | DECIMAL8",
                "\"\" | STRING",
                "\"short\" | STRING",
                "\"Grüße 😀 \\u0000\\n\\\"\" | STRING",
                "[] | ARRAY",
                "{} | OBJECT",
                "[null, [], {}, [[1]], \"a\"] | ARRAY",
                "{\"b\": {\"a\": {}, \"b\": null}, \"a\": [{\"b\": 1}, {\"ü😀\": 2.5}]} | OBJECT"
            })
    void everyKindOfJsonIsReadBack(String json, PhysicalType type) {
        write(Scalar.VARIANT, json);

        Variant read = (Variant) lake.column("v").get(0);

        assertThat(read.value().type()).isEqualTo(type);
        assertThat(VariantJson.of(read.value())).isEqualTo(VariantJson.parse(json));
    }

    static Stream<Arguments> largeValues() {
        return Stream.of(
                Arguments.of("a text of 64 bytes", '"' + "ä".repeat(32) + '"'),
                Arguments.of("a text of a mebibyte", '"' + "x".repeat(1 << 20) + '"'),
                Arguments.of("300 elements", numbers(300)),
                Arguments.of("70,000 elements", numbers(70_000)),
                Arguments.of("300 keys", keys(300)),
                Arguments.of("70,000 keys", keys(70_000)),
                Arguments.of("lists 1,000 deep", "[".repeat(1000) + "]".repeat(1000)),
                Arguments.of("objects 1,000 deep", "{\"a\":".repeat(1000) + "1" + "}".repeat(1000)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("largeValues")
    void largeValuesAreReadBack(String name, String json) {
        write(Scalar.VARIANT, json);

        assertThat(readBack()).containsExactly(VariantJson.parse(json));
    }

    @Test
    void keysOfOneRowAreNotThoseOfTheNext() {
        String[] rows = {"{\"a\":1,\"c\":2}", "{\"b\":1}", "5", "{\"b\":2}", "{\"c\":{\"a\":1}}", "{}"};

        write(Scalar.VARIANT, (Object[]) rows);

        assertThat(readBack()).isEqualTo(Stream.of(rows).map(VariantJson::parse).toList());
        assertThat(lake.column("v").stream().map(read -> names((Variant) read)))
                .containsExactly(
                        List.of("a", "c"), List.of("b"), List.of(), List.of("b"), List.of("a", "c"), List.of());
    }

    @Test
    void aMissingValueIsNullAndANullOfJsonIsOneInTheVariant() {
        write(Scalar.VARIANT, "null", null);

        List<Variant> read = lake.column("v").stream().map(Variant.class::cast).toList();

        assertThat(read.get(0).value().type()).isEqualTo(PhysicalType.NULL);
        assertThat(read.get(1)).isNull();
    }

    @Test
    void variantsStandInListsAndStructs() {
        var type = new ListType(new StructType(List.of(new Column("x", Scalar.VARIANT))));

        write(type, Arrays.asList(List.of("1"), null, Collections.singletonList(null)), List.of(), null);

        assertThat(lake.column("v").toString())
                .isEqualTo("[[Record(Variant(metadata=VariantMetadata(dict={}), value=Variant(type=INT8, value=1))),"
                        + " null, Record(null)], [], null]");
    }

    @Test
    void aColumnThatTheBatchLacksIsNull() {
        write(Scalar.VARIANT, "1");
        IcebergSink sink = opened(lake.sink(Lake.settings("", 3)), OTHERS);

        commit(sink, OTHERS, 5);

        assertThat(lake.column("v")).hasSize(2).contains((Object) null);
    }

    @Test
    void aColumnIsAddedToATableOfVersionThree() {
        IcebergSink sink = opened(lake.sink(Lake.settings("", 3)), IMAGES);
        commit(sink, IMAGES, 0);

        write(Scalar.VARIANT, "{\"a\":1}");

        assertThat(lake.table().schema().findType("v")).isEqualTo(Types.VariantType.get());
        assertThat(lake.column("v").stream().filter(Objects::nonNull)).hasSize(1);
    }

    @Test
    void jsonTakesTheTypeOfAColumnOfVariants() {
        write(Scalar.VARIANT, "1");
        IcebergSink sink = opened(lake.sink(), OTHERS);

        assertThat(sink.reconcile(schema(Scalar.JSON))).isEqualTo(schema(Scalar.VARIANT));
    }

    @Test
    void aTextIsNoVariant() {
        write(Scalar.VARIANT, "1");
        IcebergSink sink = opened(lake.sink(), OTHERS);

        assertThatThrownBy(() -> sink.reconcile(schema(Scalar.STRING)))
                .isInstanceOf(SinkException.class)
                .hasMessageStartingWith("Cannot append to table 'lake.images': column 'v' is string in the source and"
                        + " variant in the table");
    }

    @Test
    void noTableIsPartitionedByAVariant() {
        IcebergSink sink = opened(lake.sink(Lake.settings("v", 3)), IMAGES);

        assertThatThrownBy(() -> sink.reconcile(schema(Scalar.VARIANT)))
                .isInstanceOf(SinkException.class)
                .hasMessageStartingWith("Cannot partition by identity of column 'v', which is variant: ");
    }

    @Test
    void theMetricsOfTheOtherColumnsAreThere() {
        write(Scalar.VARIANT, "{\"a\":1}", null, "2");

        DataFile file = lake.dataFiles().get(0);

        int variant = lake.table().schema().findField("v").fieldId();
        int id = lake.table().schema().findField("id").fieldId();
        assertThat(file.recordCount()).isEqualTo(3);
        assertThat(file.valueCounts()).containsEntry(id, 3L).containsEntry(variant, 3L);
        assertThat(file.nullValueCounts()).containsEntry(id, 0L).containsEntry(variant, 1L);
        assertThat(file.lowerBounds()).containsOnlyKeys(id);
    }

    private void write(ColumnType type, @Nullable Object... values) {
        IcebergSink sink = opened(lake.sink(Lake.settings("", 3)), IMAGES);
        List<List<?>> rows = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            rows.add(Arrays.asList((long) i, values[i]));
        }
        Lake.stage(memory, sink, schema(type), new SourcePosition(IMAGES, 10), rows);
        sink.commitAll(SourceOffsets.of(IMAGES, 10L + values.length));
    }

    private List<@Nullable Object> readBack() {
        return lake.records().stream()
                .sorted((a, b) -> Long.compare(id(a), id(b)))
                .<@Nullable Object>map(row -> VariantJson.of(((Variant) row.getField("v")).value()))
                .toList();
    }

    private static long id(Record row) {
        return (long) row.getField("id");
    }

    private static List<String> names(Variant variant) {
        return IntStream.range(0, variant.metadata().dictionarySize())
                .mapToObj(variant.metadata()::get)
                .toList();
    }

    private static String numbers(int count) {
        return IntStream.range(0, count).mapToObj(String::valueOf).collect(Collectors.joining(",", "[", "]"));
    }

    private static String keys(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"k" + i + "\":" + i)
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static TableSchema schema(ColumnType type) {
        return new TableSchema(List.of(ID, new Column("v", type)), List.of());
    }
}
