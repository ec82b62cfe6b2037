package io.rowlake.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowlake.batch.BatchMemory;
import io.rowlake.batch.Batches;
import io.rowlake.batch.ChangeBatch;
import io.rowlake.event.Column;
import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.DecimalType;
import io.rowlake.event.ColumnType.ListType;
import io.rowlake.event.ColumnType.MediaType;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.ColumnType.StructType;
import io.rowlake.event.MalformedEventsException;
import io.rowlake.event.Operation;
import io.rowlake.event.SourcePartition;
import io.rowlake.event.SourcePosition;
import io.rowlake.event.TableSchema;
import io.rowlake.shape.ShapeSettings.FloatWidth;
import io.rowlake.shape.ShapeSettings.JsonMode;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values of other types pinned as JSON, and texts pinned as what they name. */
final class JsonTextTest {

    private static final UUID ID = UUID.fromString("123e4567-e89b-12d3-a456-426614174000");
    private static final StructType PAIR =
            new StructType(List.of(new Column("x", new ListType(Scalar.DOUBLE)), new Column("y", Scalar.JSON)));

    private final BatchMemory memory = new BatchMemory();

    @AfterEach
    void nothingIsLeaked() {
        memory.close();
    }

    static Stream<Arguments> conversions() {
        return Stream.of(
                of(Scalar.STRING, "json", " {\"a\" : [1.50, 1e2],\n \"b\":\"ä\"} ", "{\"a\":[1.50,1e2],\"b\":\"ä\"}"),
                of(Scalar.STRING, "variant", "null", "null"),
                of(Scalar.STRING, "json", null, "null"),
                of(Scalar.BOOLEAN, "variant", true, "true"),
                of(Scalar.INT, "json", 5, "5"),
                of(Scalar.FLOAT, "json", 0.1f, "0.1"),
                of(Scalar.BINARY, "json", new byte[] {1, 2}, "\"AQI=\""),
                of(Scalar.DATE, "json", 0, "\"1970-01-01\""),
                of(Scalar.UUID, "json", ID, "\"" + ID + "\""),
                of(new DecimalType(4, 2), "json", new BigDecimal("1.50"), "1.50"),
                of(
                        new ListType(PAIR),
                        "json",
                        Arrays.asList(Arrays.asList(Arrays.asList(0.5, null), "{\"z\":[]}"), null),
                        "[{\"x\":[0.5,null],\"y\":{\"z\":[]}},null]"),
                of(new ListType(Scalar.STRING), "json", List.of("a\"b"), "[\"a\\\"b\"]"),
                of(Scalar.STRING, "date", "1969-12-31", "-1"),
                of(Scalar.STRING, "time", "12:30", "45000000000"),
                of(Scalar.STRING, "timestamptz", "1970-01-01T01:00:00+01:00", "0"),
                of(Scalar.STRING, "timestamp_ns", "1969-12-31T23:59:59.999999999", "1969-12-31T23:59:59.999999999"));
    }

    private static Arguments of(ColumnType from, String to, @Nullable Object value, String expected) {
        return Arguments.of(from, to, value, expected);
    }

    @ParameterizedTest
    @MethodSource("conversions")
    void anOverrideTakesValuesToItsType(ColumnType from, String to, @Nullable Object value, String expected) {
        assertThat(shaped(from, to, value)).isEqualTo(expected);
    }

    static Stream<Arguments> misfits() {
        return Stream.of(
                of(
                        PAIR,
                        "json",
                        List.of(List.of(1.0, Double.NaN), "1"),
                        ".x[1]' must be a number that JSON has a form for but was NaN"),
                of(Scalar.STRING, "json", " ", "' must be JSON but was an empty text"),
                of(Scalar.STRING, "json", "1 [2]", "' must be one JSON value but goes on with a list"),
                of(Scalar.STRING, "date", "3.6.2026", "' must be a date such as 2026-06-03 but was '3.6.2026'"),
                of(
                        Scalar.STRING,
                        "date",
                        "+999999999-12-31",
                        "' must be a date such as 2026-06-03 but was '+999999999-12-31'"),
                of(Scalar.STRING, "time", "1", "' must be a time in whole microseconds such as 12:30:00.5 but was '1'"),
                of(
                        Scalar.STRING,
                        "timestamp",
                        "2026-06-03T12:30:00Z",
                        "' must be a time in whole microseconds without a zone such as 2026-06-03T12:30:00.5 but was"
                                + " '2026-06-03T12:30:00Z'"),
                of(
                        Scalar.STRING,
                        "timestamptz_ns",
                        "2263-01-01T00:00:00Z",
                        "' must be a time from 1677 to 2262 such as 2026-06-03T12:30:00.5Z but was '2263-01-01T00:00:00Z'"),
                of(
                        Scalar.STRING,
                        "timestamp_ns",
                        "x",
                        "' must be a time from 1677 to 2262 without a zone such as 2026-06-03T12:30:00.5 but was 'x'"));
    }

    @ParameterizedTest
    @MethodSource("misfits")
    void aValueThatDoesNotFitIsBad(ColumnType from, String to, Object value, String rule) {
        assertThatThrownBy(() -> shaped(from, to, value))
                .hasMessage("Cannot decode event at images-0@0: column 'c" + rule
                        + " (schema.overrides gives the column the type " + to + ")");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "hello", "[1,]"})
    void textThatIsNoJsonIsBad(String text) {
        assertThatThrownBy(() -> shaped(Scalar.STRING, "json", text))
                .isInstanceOf(MalformedEventsException.class)
                .message()
                .startsWith("Cannot decode event at images-0@0: column 'c' must be JSON but Un")
                .endsWith(" (schema.overrides gives the column the type json)");
    }

    @Test
    void mediaAreNoJson() {
        assertThatThrownBy(() -> shaped(new ListType(new MediaType()), "json", List.of()))
                .hasMessage("schema.overrides must give column 'c' a type that its values can be taken to but gives"
                        + " list<media> the type json");
    }

    private String shaped(ColumnType from, String to, @Nullable Object value) {
        var shaper = new Shaper(new ShapeSettings(
                JsonMode.STRUCT, FloatWidth.DOUBLE, TypeOverrides.parse("c:" + to), MediaSettings.plain()));
        var schema = new TableSchema(List.of(new Column("c", from)), List.of());
        ChangeBatch batch = Batches.of(memory, schema)
                .row(new SourcePosition(new SourcePartition("images", 0), 0), Operation.CREATE, value)
                .build();
        try (batch;
                ChangeBatch shaped = shaper.apply(batch, Optional.empty(), UnaryOperator.identity())) {
            return String.valueOf(shaped.vector(0).getObject(0));
        }
    }
}
