package io.rowlake.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowlake.batch.BatchMemory;
import io.rowlake.batch.Batches;
import io.rowlake.batch.ChangeBatch;
import io.rowlake.event.Column;
import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.ColumnType.StructType;
import io.rowlake.event.MalformedEventsException;
import io.rowlake.event.Operation;
import io.rowlake.event.SourcePartition;
import io.rowlake.event.SourcePosition;
import io.rowlake.event.TableSchema;
import io.rowlake.shape.ShapeSettings.FloatWidth;
import io.rowlake.shape.ShapeSettings.JsonMode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Columns of JSON as the type that their values have in common. */
final class JsonStructTest {

    private static final SourcePartition IMAGES = new SourcePartition("images", 0);
    private static final TableSchema META = new TableSchema(List.of(new Column("meta", Scalar.JSON)), List.of());
    private static final String WAY_OUT = ": pin its type with schema.overrides, or set json.mode=variant or string";

    private final BatchMemory memory = new BatchMemory();
    private final Shaper shaper = shaper(JsonMode.STRUCT, "");

    @AfterEach
    void nothingIsLeaked() {
        memory.close();
    }

    static Stream<Arguments> reductions() {
        return Stream.of(
                is("long", "1, null", "1", "null"),
                is("double", "1.0, 2.5", "1", "2.5"),
                is("string", "x, ", "\"x\"", "\"\""),
                is("boolean", "true, false", "true", "false"),
                is("list<long>", "[1,2], [], null", "[1,2]", "[]", null),
                is("list<double>", "[1.0,null,2.5]", "[1,null,2.5]"),
                is("struct<a: long, b: string>", "{\"a\":1}, {\"b\":\"x\"}", "{\"a\":1}", "{\"b\":\"x\"}"),
                is("struct<a: long, z: long>", "{\"a\":2,\"z\":1}", "{\"z\":1,\"a\":2}"),
                is(
                        "struct<a: struct<b: list<struct<c: double>>>>",
                        "{\"a\":{\"b\":[{\"c\":0.5},{}]}}",
                        "{\"a\":{\"b\":[{\"c\":0.5},{}]}}"),
                is("struct<a: long>", "{\"a\":1}, {}", "{\"a\":1,\"b\":null,\"c\":[],\"d\":{}}", "{}"),
                is("struct<𝔘 🐅: long>", "{\"𝔘 🐅\":-9223372036854775808}", "{\"𝔘 🐅\":-9223372036854775808}"));
    }

    private static Arguments is(String type, String rows, @Nullable String... texts) {
        return Arguments.of(type, rows, Arrays.asList(texts));
    }

    @ParameterizedTest
    @MethodSource("reductions")
    void valuesBecomeTheTypeTheyHaveInCommon(String type, String rows, List<@Nullable String> texts) {
        Shaped shaped = shape(shaper, Optional.empty(), texts);

        assertThat(shaped.schema()).isEqualTo("meta: " + type);
        assertThat(shaped.rows()).isEqualTo(rows);
    }

    @Test
    void aColumnWithoutATypedValueIsLeftOutUntilOneComes() {
        assertThat(shape(shaper, Optional.empty(), List.of("{}", "[]", "null")).schema())
                .isEmpty();
        assertThat(shape(shaper, Optional.empty(), List.of("{\"a\":[{}]}")).schema())
                .isEmpty();

        assertThat(shape(shaper, Optional.empty(), List.of("{\"a\":[{\"b\":1}]}"))
                        .schema())
                .isEqualTo("meta: struct<a: list<struct<b: long>>>");
    }

    @Test
    void keysOfLaterBatchesComeAfterThoseOfEarlierOnes() {
        shape(shaper, Optional.empty(), List.of("{\"m\":1}"));

        Shaped later = shape(shaper, Optional.empty(), List.of("{\"z\":1,\"a\":2}", "{\"m\":3}"));

        assertThat(later.schema()).isEqualTo("meta: struct<m: long, a: long, z: long>");
        assertThat(later.rows()).isEqualTo("{\"a\":2,\"z\":1}, {\"m\":3}");
    }

    @Test
    void theTableSaysWhereItBegins() {
        ColumnType there = new StructType(List.of(
                new Column("score", Scalar.FLOAT), new Column("n", Scalar.INT), new Column("at", Scalar.TIMESTAMP)));

        Shaped shaped = shape(
                shaper, table(there), List.of("{\"score\":1,\"n\":7,\"at\":\"1970-01-01T00:00:01Z\",\"b\":true}"));

        assertThat(shaped.schema()).isEqualTo("meta: struct<score: float, n: int, at: timestamp, b: boolean>");
        assertThat(shaped.rows()).isEqualTo("{\"score\":1.0,\"n\":7,\"at\":1000000,\"b\":true}");
    }

    @Test
    void whatTheSourceDeclaresIsThereBeforeAnyValue() {
        ColumnType declared = new StructType(List.of(new Column("z", Scalar.STRING), new Column("a", Scalar.DOUBLE)));
        var schema = new TableSchema(
                List.of(new Column("meta", Scalar.JSON, Optional.empty(), Optional.of(declared))), List.of());

        assertThat(shaper.plan(schema, Optional.empty()).toString()).isEqualTo("meta: struct<z: string, a: double>");
    }

    static Stream<Arguments> conflicts() {
        return Stream.of(
                bad("column 'meta' must be an object, as before, but was a list" + WAY_OUT, "{\"a\":1}", "[1]"),
                bad("column 'meta' must be a list, as before, but was an object" + WAY_OUT, "[1]", "{\"a\":1}"),
                bad(
                        "column 'meta' must have keys of at least one character but has an empty one" + WAY_OUT,
                        "{\"a\":1}",
                        "{\"\":1}"),
                bad(
                        "column 'meta.a' must have keys that differ in more than case but has 'B' besides 'b'"
                                + WAY_OUT,
                        "{\"a\":{\"b\":1}}",
                        "{\"a\":{\"B\":1}}"),
                bad("column 'meta' must be a whole number, as before, but was 'x'" + WAY_OUT, "1", "\"x\""),
                bad(
                        "column 'meta.a[1]' must be a whole number, as before, but was 'a'" + WAY_OUT,
                        "{\"a\":null}",
                        "{\"a\":[1,\"a\"]}"),
                bad(
                        "column 'meta.a.b' must be text, as before, but was true" + WAY_OUT,
                        "{\"a\":{\"b\":\"x\"}}",
                        "{\"a\":{\"b\":true}}"),
                bad("column 'meta' must be true or false, as before, but was 0" + WAY_OUT, "true", "0"),
                bad("column 'meta' must be a number, as before, but was an object" + WAY_OUT, "0.5", "{\"a\":1}"),
                bad(
                        "column 'meta' must be a whole number of 64 bits but was 9223372036854775808",
                        "1",
                        "9223372036854775808"),
                bad(
                        "column 'meta' must be nested at most 100 deep: set json.mode=variant or string"
                                .replace("'meta'", "'meta" + "[0]".repeat(100) + "'"),
                        "null",
                        "[".repeat(101) + "]".repeat(101)));
    }

    private static Arguments bad(String message, String good, String bad) {
        return Arguments.of(message, good, bad);
    }

    @ParameterizedTest
    @MethodSource("conflicts")
    void aValueOfAnotherKindIsBadAndLeavesNoTrace(String message, String good, String bad) {
        assertThatThrownBy(() -> shape(shaper, Optional.empty(), List.of(good, bad)))
                .isInstanceOf(MalformedEventsException.class)
                .hasMessage("Cannot decode event at images-0@1: " + message);

        assertThat(shape(shaper, Optional.empty(), List.of(good, "null")).schema())
                .isEqualTo(shape(shaper(JsonMode.STRUCT, ""), Optional.empty(), List.of(good))
                        .schema());
    }

    @Test
    void aWholeNumberOfEarlierBatchesDoesNotBecomeAFraction() {
        shape(shaper, Optional.empty(), List.of("{\"n\":1}"));

        assertThatThrownBy(() -> shape(shaper, Optional.empty(), List.of("{\"n\":1.5}")))
                .hasMessage(
                        "Cannot decode event at images-0@0: column 'meta.n' must be a whole number, as before, but was"
                                + " 1.5" + WAY_OUT);
    }

    @Test
    void tooManyKeysAreRefused() {
        List<String> texts =
                IntStream.range(0, 1_001).mapToObj(i -> "{\"k" + i + "\":1}").toList();

        assertThatThrownBy(() -> shape(shaper, Optional.empty(), texts))
                .hasMessage(
                        "Cannot decode event at images-0@1000: column 'meta' must have at most 1000 different keys in all"
                                + " its values but has more: where keys are data, set json.mode=variant or string");
    }

    @Test
    void variantsAndTextsAreHandedOnAsTheyAre() {
        assertThat(shape(shaper(JsonMode.VARIANT, ""), Optional.empty(), List.of("[1,\"a\"]"))
                        .schema())
                .isEqualTo("meta: variant");
        assertThat(shape(shaper(JsonMode.STRING, ""), Optional.empty(), List.of("[1,\"a\"]"))
                        .schema())
                .isEqualTo("meta: json");
        assertThat(shape(shaper, table(Scalar.VARIANT), List.of("[1,\"a\"]")).schema())
                .isEqualTo("meta: variant");
        assertThat(shape(shaper, table(Scalar.JSON), List.of("[1,\"a\"]")).schema())
                .isEqualTo("meta: json");
    }

    static Stream<Arguments> pinned() {
        return Stream.of(
                Arguments.of("struct<a: string>", "{\"a\":null}", "{}"),
                Arguments.of("struct<a: int>", "{\"a\":3.0,\"b\":null}", "{\"a\":3}"),
                Arguments.of("list<double>", "[1,2.5]", "[1.0,2.5]"),
                Arguments.of("string", "{\"a\":[1, 2.50]}", "{\"a\":[1,2.50]}"),
                Arguments.of("string", "\"x\"", "x"),
                Arguments.of("decimal(5, 2)", "1.5", "1.50"),
                Arguments.of("timestamptz_ns", "\"1970-01-01T00:00:00.000000001Z\"", "1"),
                Arguments.of("date", "\"1970-01-02\"", "1"),
                Arguments.of("binary", "\"AQI=\"", "[1, 2]"),
                Arguments.of(
                        "uuid",
                        "\"123e4567-e89b-12d3-a456-426614174000\"",
                        "[18, 62, 69, 103, -24, -101, 18, -45, -92, 86, 66, 102, 20, 23, 64, 0]"),
                Arguments.of("struct<a: json>", "{\"a\":{\"b\":[1.0]}}", "{\"a\":\"{\\\"b\\\":[1.0]}\"}"));
    }

    @ParameterizedTest
    @MethodSource("pinned")
    void anOverrideTakesJsonToItsType(String type, String text, String expected) {
        assertThat(shape(shaper(JsonMode.STRUCT, "meta:" + type), Optional.empty(), List.of(text))
                        .rows())
                .isEqualTo(expected);
    }

    static Stream<Arguments> pinnedMisfits() {
        return Stream.of(
                Arguments.of("struct<a: string>", "{\"b\":1}", "' must not have the key 'b'"),
                Arguments.of("struct<a: string>", "[]", "' must be an object but was a list"),
                Arguments.of("list<int>", "[1,2147483648]", "[1]' must be a value of type int but was 2147483648"),
                Arguments.of("list<int>", "5", "' must be a list but was 5"),
                Arguments.of(
                        "long", "9223372036854775808", "' must be a value of type long but was 9223372036854775808"),
                Arguments.of("double", "9007199254740993", "' must be a value of type double but was 9007199254740993"),
                Arguments.of("float", "16777217", "' must be a value of type float but was 16777217"),
                Arguments.of("float", "1e39", "' must be a value of type float but was 1e39"),
                Arguments.of("boolean", "1", "' must be a value of type boolean but was 1"),
                Arguments.of("date", "\"2026-02-30\"", "' must be a value of type date but was '2026-02-30'"),
                Arguments.of(
                        "timestamp",
                        "\"1970-01-01T00:00:00.0000001\"",
                        "' must be a value of type timestamp but was '1970-01-01T00:00:00.0000001'"),
                Arguments.of("decimal(5, 2)", "1.555", "' must be a value of type decimal(5, 2) but was 1.555"),
                Arguments.of(
                        "decimal(5, 2)", "1e999999999", "' must be a value of type decimal(5, 2) but was 1e999999999"),
                Arguments.of("uuid", "\"1-1-1-1-1\"", "' must be a value of type uuid but was '1-1-1-1-1'"),
                Arguments.of("binary", "\"?\"", "' must be a value of type binary but was '?'"));
    }

    @ParameterizedTest
    @MethodSource("pinnedMisfits")
    void jsonThatDoesNotFitAnOverrideIsBad(String type, String text, String problem) {
        Shaper pinned = shaper(JsonMode.STRUCT, "meta:" + type);

        assertThatThrownBy(() -> shape(pinned, Optional.empty(), List.of(text)))
                .isInstanceOf(MalformedEventsException.class)
                .message()
                .startsWith("Cannot decode event at images-0@0: column 'meta" + problem + " (schema.overrides gives");
    }

    private record Shaped(String schema, String rows) {}

    private static Optional<TableSchema> table(ColumnType meta) {
        return Optional.of(new TableSchema(List.of(new Column("meta", meta)), List.of()));
    }

    private static Shaper shaper(JsonMode mode, String overrides) {
        return new Shaper(
                new ShapeSettings(mode, FloatWidth.DOUBLE, TypeOverrides.parse(overrides), MediaSettings.plain()));
    }

    private Shaped shape(Shaper with, Optional<TableSchema> destination, List<@Nullable String> texts) {
        Batches rows = Batches.of(memory, META);
        for (int row = 0; row < texts.size(); row++) {
            rows.row(new SourcePosition(IMAGES, row), Operation.CREATE, (Object) texts.get(row));
        }
        ChangeBatch batch = rows.build();
        try (batch;
                ChangeBatch shaped = with.apply(batch, destination, UnaryOperator.identity())) {
            return new Shaped(shaped.schema().toString(), rows(shaped));
        }
    }

    private static String rows(ChangeBatch shaped) {
        if (shaped.schema().columns().isEmpty()) {
            return "";
        }
        return String.join(
                ", ",
                IntStream.range(0, shaped.rows())
                        .mapToObj(row -> text(shaped.vector(0).getObject(row)))
                        .toList());
    }

    private static String text(@Nullable Object value) {
        return value instanceof byte[] bytes ? Arrays.toString(bytes) : String.valueOf(value);
    }
}
