package io.rowlake.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowlake.batch.BatchMemory;
import io.rowlake.batch.Batches;
import io.rowlake.batch.ChangeBatch;
import io.rowlake.event.Column;
import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.ListType;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.ColumnType.StructType;
import io.rowlake.event.MalformedEventsException;
import io.rowlake.event.Operation;
import io.rowlake.event.SourcePartition;
import io.rowlake.event.SourcePosition;
import io.rowlake.event.TableSchema;
import io.rowlake.shape.ShapeSettings.FloatWidth;
import io.rowlake.shape.ShapeSettings.JsonMode;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Columns of JSON as variants, which take any value. */
final class VariantModeTest {

    private static final SourcePartition IMAGES = new SourcePartition("images", 0);

    private final BatchMemory memory = new BatchMemory();

    @AfterEach
    void nothingIsLeaked() {
        memory.close();
    }

    @Test
    void valuesOfAllKindsStandSideBySide() {
        String[] values = {"{\"a\":[1,{\"a\":2.5}]}", null, "null", "[1,\"x\",true]", "-7", "1e30", "\"text\""};

        assertThat(shape(shaper(JsonMode.VARIANT, ""), Optional.empty(), values))
                .isEqualTo("meta: variant "
                        + Stream.of(values).map(String::valueOf).toList());
    }

    @ParameterizedTest
    @EnumSource
    void aTableThatHasVariantsGoesOnWithVariants(JsonMode mode) {
        assertThat(shape(shaper(mode, ""), Optional.of(Scalar.VARIANT), "{\"a\":1}", "[]"))
                .isEqualTo("meta: variant [{\"a\":1}, []]");
    }

    static Stream<Arguments> otherTypes() {
        return Stream.of(
                Arguments.of(Scalar.JSON, "{\"a\":1}", "meta: json [{\"a\":1}]"),
                Arguments.of(Scalar.LONG, "7", "meta: long [7]"),
                Arguments.of(Scalar.STRING, "\"x\"", "meta: string [x]"),
                Arguments.of(new ListType(Scalar.LONG), "[7]", "meta: list<long> [[7]]"),
                Arguments.of(
                        new StructType(List.of(new Column("a", Scalar.LONG))),
                        "{\"a\":1,\"b\":true}",
                        "meta: struct<a: long, b: boolean> [{\"a\":1,\"b\":true}]"));
    }

    @ParameterizedTest
    @MethodSource("otherTypes")
    void aTableThatHasAnotherTypeGoesOnWithThat(ColumnType there, String value, String expected) {
        assertThat(shape(shaper(JsonMode.VARIANT, ""), Optional.of(there), value))
                .isEqualTo(expected);
    }

    @Test
    void anOverrideMakesVariantsOfPartsOfAColumn() {
        Shaper shaper = shaper(JsonMode.STRUCT, "meta:struct<id: long, rest: variant, all: list<variant>>");

        assertThat(shape(shaper, Optional.empty(), "{\"id\":1,\"rest\":{\"x\":[]},\"all\":[1,null,\"a\"]}"))
                .isEqualTo("meta: struct<id: long, rest: variant, all: list<variant>>"
                        + " [{\"id\":1,\"rest\":\"{\\\"x\\\":[]}\",\"all\":[\"1\",null,\"\\\"a\\\"\"]}]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "1e400 | meta | a number that a variant holds without rounding it, a double or a decimal of 38 digits,"
                        + " but was 1e400: send it as text, or set json.mode=string",
                "{\"a\":[0,{\"b\":1e-400}]} | meta.a[1].b | a number that a variant holds without rounding it, a double"
                        + " or a decimal of 38 digits, but was 1e-400: send it as text, or set json.mode=string",
                "[123456789012345678901234567890123456789] | meta[0] | a number that a variant holds without rounding"
                        + " it, a double or a decimal of 38 digits, but was 123456789012345678901234567890123456789:"
                        + " send it as text, or set json.mode=string",
            })
    void aNumberThatWouldBeRoundedIsABadRow(String value, String path, String rule) {
        Shaper shaper = shaper(JsonMode.VARIANT, "");

        assertThatThrownBy(() -> shape(shaper, Optional.empty(), "1", value))
                .isInstanceOf(MalformedEventsException.class)
                .hasMessage("Cannot decode event at images-0@1: column '" + path + "' must be " + rule);
    }

    @Test
    void aKeyThatAnObjectHasTwiceIsABadRow() {
        Shaper shaper = shaper(JsonMode.VARIANT, "");

        assertThatThrownBy(() -> shape(shaper, Optional.empty(), "[{\"a\":{\"b\":1,\"c\":2,\"b\":1}}]", "{}"))
                .isInstanceOf(MalformedEventsException.class)
                .hasMessage("Cannot decode event at images-0@0: column 'meta[0].a' must have each key once but has 'b'"
                        + " twice");
    }

    @Test
    void partsThatBecomeVariantsAreLookedAtToo() {
        Shaper shaper = shaper(JsonMode.STRUCT, "meta:list<variant>");

        assertThatThrownBy(() -> shape(shaper, Optional.empty(), "[1,{\"a\":1e400}]"))
                .isInstanceOf(MalformedEventsException.class)
                .hasMessage("Cannot decode event at images-0@0: column 'meta[1].a' must be a number that a variant"
                        + " holds without rounding it, a double or a decimal of 38 digits, but was 1e400: send it as"
                        + " text, or set json.mode=string (schema.overrides gives the column the type list<variant>)");
    }

    @Test
    void textsThatAreJsonBecomeVariants() {
        Shaper shaper = shaper(JsonMode.STRUCT, "meta:variant");

        assertThat(shape(shaper, Optional.empty(), Scalar.STRING, " { \"a\" : [1, 0.5] } ", null, "null", "\"🐅\""))
                .isEqualTo("meta: variant [{\"a\":[1,0.5]}, null, null, \"🐅\"]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "{\"a\":1,\"a\":1} | column 'meta' must have each key once but has 'a' twice",
                "{\"a\":1e400} | column 'meta.a' must be a number that a variant holds",
                "1e99999999999 | column 'meta' must be ",
                "\"\\ud800\" | column 'meta' must be Unicode text but has the unpaired surrogate U+D800",
                "[\"a\\udc05\\ud83d\"] | column 'meta' must be Unicode text but has the unpaired surrogate U+DC05",
                "{\"\\udc00\":1} | column 'meta' must be JSON but ",
            })
    void textsThatVariantsCannotHoldAreBadRows(String text, String message) {
        Shaper shaper = shaper(JsonMode.STRUCT, "meta:variant");

        assertThatThrownBy(() -> shape(shaper, Optional.empty(), Scalar.STRING, text))
                .isInstanceOf(MalformedEventsException.class)
                .hasMessageStartingWith("Cannot decode event at images-0@0: " + message);
    }

    private static Shaper shaper(JsonMode mode, String overrides) {
        return new Shaper(
                new ShapeSettings(mode, FloatWidth.DOUBLE, TypeOverrides.parse(overrides), MediaSettings.plain()));
    }

    private static TableSchema meta(ColumnType type) {
        return new TableSchema(List.of(new Column("meta", type)), List.of());
    }

    /** The columns, and what is in them. */
    private String shape(Shaper shaper, Optional<ColumnType> there, @Nullable String... texts) {
        return shape(shaper, there, Scalar.JSON, texts);
    }

    private String shape(Shaper shaper, Optional<ColumnType> there, Scalar source, @Nullable String... texts) {
        Batches builder = Batches.of(memory, meta(source));
        for (int row = 0; row < texts.length; row++) {
            builder.row(new SourcePosition(IMAGES, row), Operation.CREATE, texts[row]);
        }
        ChangeBatch batch = builder.build();
        try (batch;
                ChangeBatch shaped = shaper.apply(batch, there.map(VariantModeTest::meta), UnaryOperator.identity())) {
            return shaped.schema().columns().get(0) + " "
                    + IntStream.range(0, shaped.rows())
                            .mapToObj(row -> String.valueOf(shaped.vector(0).getObject(row)))
                            .toList();
        }
    }
}
