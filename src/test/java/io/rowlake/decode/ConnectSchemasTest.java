package io.rowlake.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowlake.decode.SourceSchema.SourceColumn;
import io.rowlake.decode.SourceType.Field;
import io.rowlake.decode.SourceType.Kind;
import io.rowlake.decode.ValueForm.Atom;
import io.rowlake.decode.ValueForm.Elements;
import io.rowlake.decode.ValueForm.Encoding;
import io.rowlake.event.ColumnType.Scalar;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class ConnectSchemasTest {

    static List<ConnectTypeCase> cases() {
        return ConnectTypeCase.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyTypeHasTheFormOfItsLogicalNameOrKind(ConnectTypeCase known) {
        SourceSchema schema = ConnectSchemas.rowSchema(struct(new Field("column", known.type())), List.of("column"));

        assertThat(schema)
                .isEqualTo(new SourceSchema(List.of(new SourceColumn("column", known.form())), List.of("column")));
    }

    @Test
    void anArrayTakesTheLengthsOfItsShape() {
        SourceType type = array(
                array(type(Kind.FLOAT32, null, Map.of()), null, Map.of()),
                "pixeltable.Array",
                Map.of("shape", "[null,3]"));

        assertThat(form(type))
                .isEqualTo(new Elements(new Elements(new Atom(Scalar.FLOAT, Encoding.PLAIN), 3), Elements.FREE));
    }

    @Test
    void anArrayWithoutShapeOrDtypeIsWhatItsSchemaSays() {
        SourceType type = array(type(Kind.INT64, null, Map.of()), "pixeltable.Array", Map.of());

        assertThat(form(type)).isEqualTo(new Elements(new Atom(Scalar.LONG, Encoding.PLAIN), Elements.FREE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[4,4]|float32|shape of column 'column' must have 1 dimensions, as its schema has, but was [4,4]",
                "[0]|float32|shape of column 'column' must be a list of positive whole numbers, or null for a free"
                        + " dimension, but was [0]",
                "[1.5]|float32|shape of column 'column' must be a list of positive whole numbers, or null for a free"
                        + " dimension, but was [1.5]",
                "[4000000000]|float32|shape of column 'column' must be a list of positive whole numbers, or null for a"
                        + " free dimension, but was [4000000000]",
                "4|float32|shape of column 'column' must be a list of positive whole numbers, or null for a free"
                        + " dimension, but was 4",
                "four|float32|shape of column 'column' must be JSON but was not: Unrecognized token 'four': was expecting"
                        + " (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
                "[4]|complex64|numpy_dtype of column 'column' must be one of bool, float16, float32, float64, int16,"
                        + " int32, int64, int8, str, uint16, uint32, uint64, uint8 but was 'complex64'",
            })
    void anArrayWhoseParametersAreWrongIsRefused(String shape, String dtype, String message) {
        SourceType type = array(
                type(Kind.FLOAT32, null, Map.of()), "pixeltable.Array", Map.of("shape", shape, "numpy_dtype", dtype));

        assertThatThrownBy(() -> form(type)).isInstanceOf(SchemaException.class).hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "scale|-2|scale of column 'column' must be 0 to 38 but was -2",
                "scale|39|scale of column 'column' must be 0 to 38 but was 39",
                "scale|two|parameter scale of column 'column' must be a whole number but was 'two'",
                "precision|9|parameter scale of column 'column' must be stated but is absent",
            })
    void aDecimalWithoutAUsableScaleIsRefused(String parameter, String value, String message) {
        SourceType type = type(Kind.BYTES, "org.apache.kafka.connect.data.Decimal", Map.of(parameter, value));

        assertThatThrownBy(() -> form(type)).isInstanceOf(SchemaException.class).hasMessage(message);
    }

    @Test
    void anErrorNamesTheWholePathOfAField() {
        SourceType array = new SourceType(Kind.ARRAY, Optional.empty(), Map.of(), List.of(), Optional.empty());

        assertThatThrownBy(() -> form(struct(new Field("list", array))))
                .isInstanceOf(SchemaException.class)
                .hasMessage("type of the elements of column 'column.list' must be stated but is absent");
    }

    @Test
    void aKeyThatIsNoColumnIsRefused() {
        SourceType row = struct(new Field("id", type(Kind.INT64, null, Map.of())));

        assertThatThrownBy(() -> ConnectSchemas.rowSchema(row, List.of("key")))
                .isInstanceOf(SchemaException.class)
                .hasMessage("primary key must be columns of [id] but one was 'key'");
    }

    @Test
    void aRowThatIsNoStructIsRefused() {
        assertThatThrownBy(() -> ConnectSchemas.rowSchema(type(Kind.INT64, null, Map.of()), List.of()))
                .isInstanceOf(SchemaException.class)
                .hasMessage("type of a row must be a struct but was INT64");
    }

    @Test
    void theRowOfAnEnvelopeIsItsAfterImage() {
        SourceType row = struct(new Field("id", type(Kind.INT64, null, Map.of())));
        SourceType envelope = struct(
                new Field("before", row), new Field("after", row), new Field("op", type(Kind.STRING, null, Map.of())));

        assertThat(ConnectSchemas.afterType(envelope)).containsSame(row);
    }

    @Test
    void aTypeWithoutOperationOrStructAfterwardsIsNoEnvelope() {
        SourceType text = type(Kind.STRING, null, Map.of());

        assertThat(List.of(
                        ConnectSchemas.afterType(text),
                        ConnectSchemas.afterType(struct(new Field("after", struct()))),
                        ConnectSchemas.afterType(struct(new Field("op", text), new Field("after", text)))))
                .containsOnly(Optional.empty());
    }

    private static ValueForm form(SourceType type) {
        return ConnectSchemas.rowSchema(struct(new Field("column", type)), List.of())
                .columns()
                .get(0)
                .form();
    }

    private static SourceType struct(Field... fields) {
        return new SourceType(Kind.STRUCT, Optional.empty(), Map.of(), List.of(fields), Optional.empty());
    }

    private static SourceType array(SourceType element, @Nullable String name, Map<String, String> parameters) {
        return new SourceType(Kind.ARRAY, Optional.ofNullable(name), parameters, List.of(), Optional.of(element));
    }

    private static SourceType type(Kind kind, @Nullable String name, Map<String, String> parameters) {
        return new SourceType(kind, Optional.ofNullable(name), parameters, List.of(), Optional.empty());
    }
}
