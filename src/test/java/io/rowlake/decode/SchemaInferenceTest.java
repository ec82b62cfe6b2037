package io.rowlake.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowlake.decode.SourceSchema.SourceColumn;
import io.rowlake.decode.ValueForm.Atom;
import io.rowlake.decode.ValueForm.Elements;
import io.rowlake.decode.ValueForm.Encoding;
import io.rowlake.decode.ValueForm.Members;
import io.rowlake.event.Column;
import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.DecimalType;
import io.rowlake.event.ColumnType.ListType;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.ColumnType.StructType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Timestamp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class SchemaInferenceTest {

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of(true, plain(Scalar.BOOLEAN)),
                Arguments.of((byte) 1, plain(Scalar.LONG)),
                Arguments.of((short) 1, plain(Scalar.LONG)),
                Arguments.of(1, plain(Scalar.LONG)),
                Arguments.of(1L, plain(Scalar.LONG)),
                Arguments.of(BigInteger.valueOf(Long.MIN_VALUE), plain(Scalar.LONG)),
                Arguments.of(BigInteger.TWO.pow(63), plain(new DecimalType(38, 0))),
                Arguments.of(BigInteger.TEN.pow(38), plain(Scalar.JSON)),
                Arguments.of(1.5f, plain(Scalar.DOUBLE)),
                Arguments.of(1.5, plain(Scalar.DOUBLE)),
                Arguments.of(new BigDecimal("1.50"), plain(new DecimalType(38, 2))),
                Arguments.of(new BigDecimal("1E+3"), plain(new DecimalType(38, 0))),
                Arguments.of(new BigDecimal("1E-38"), plain(new DecimalType(38, 38))),
                Arguments.of(new BigDecimal("1E-39"), plain(Scalar.JSON)),
                Arguments.of(new BigDecimal("1E+38"), plain(Scalar.JSON)),
                Arguments.of("text", plain(Scalar.STRING)),
                Arguments.of(new byte[1], plain(Scalar.BINARY)),
                Arguments.of(ByteBuffer.allocate(1), plain(Scalar.BINARY)),
                Arguments.of(Timestamp.toLogical(Timestamp.SCHEMA, 0), plain(Scalar.TIMESTAMP)),
                Arguments.of(Map.of("a", 1), plain(Scalar.JSON)),
                Arguments.of(MapFields.of(Map.of("a", 1)), plain(Scalar.JSON)));
    }

    static Stream<Arguments> lists() {
        return Stream.of(
                Arguments.of(List.of(1, 2L), list(Scalar.LONG)),
                Arguments.of(Arrays.asList(null, 1, null), list(Scalar.LONG)),
                Arguments.of(List.of(1, 2.5), list(Scalar.DOUBLE)),
                Arguments.of(List.of(2.5, 1), list(Scalar.DOUBLE)),
                Arguments.of(List.of("a", "b"), list(Scalar.STRING)),
                Arguments.of(List.of(true, false), list(Scalar.BOOLEAN)),
                Arguments.of(List.of(List.of(1), List.of(2, 3)), free(list(Scalar.LONG))),
                Arguments.of(List.of(List.of(1), List.of(2.5), List.of(1)), free(list(Scalar.DOUBLE))),
                Arguments.of(List.of(new BigDecimal("1.5"), new BigDecimal("2.5")), list(new DecimalType(38, 1))),
                Arguments.of(List.of(new BigDecimal("1.5"), 2), plain(Scalar.JSON)),
                Arguments.of(List.of(List.of(1), List.of("a")), plain(Scalar.JSON)),
                Arguments.of(List.of(List.of(1), 1), plain(Scalar.JSON)),
                Arguments.of(List.of(1, "a"), plain(Scalar.JSON)),
                Arguments.of(List.of(1, "a", 1), plain(Scalar.JSON)),
                Arguments.of(List.of("a", true), plain(Scalar.JSON)),
                Arguments.of(List.of(), plain(Scalar.JSON)),
                Arguments.of(List.of(List.of()), plain(Scalar.JSON)),
                Arguments.of(Collections.singletonList(null), plain(Scalar.JSON)),
                Arguments.of(List.of(Map.of("a", 1)), plain(Scalar.JSON)));
    }

    @ParameterizedTest
    @MethodSource({"values", "lists"})
    void aValueHasTheFormOfItsClassAndContent(Object value, ValueForm form) {
        assertThat(SchemaInference.form(value)).isEqualTo(form);
    }

    @Test
    void aValueOfAnUnknownClassIsRefused() {
        assertThatThrownBy(() -> SchemaInference.form(Instant.EPOCH))
                .isInstanceOf(SchemaException.class)
                .hasMessage("value without a schema must be of a type that Connect's converters make but was of"
                        + " java.time.Instant");
    }

    @ParameterizedTest
    @EnumSource(value = Scalar.class, mode = EnumSource.Mode.EXCLUDE, names = "VARIANT")
    void aScalarColumnIsWrittenPlainly(Scalar type) {
        assertThat(SchemaInference.ofDestination(type)).isEqualTo(plain(type));
    }

    @Test
    void aVariantColumnIsWrittenAsJson() {
        assertThat(SchemaInference.ofDestination(Scalar.VARIANT)).isEqualTo(plain(Scalar.JSON));
    }

    @Test
    void aColumnWithStructsIsReadAsJsonSoThatTheyMayGrow() {
        ColumnType boxes = new ListType(new StructType(List.of(new Column("x", Scalar.INT))));

        assertThat(SchemaInference.guided(List.of(Map.of("y", 1)), boxes)).isEqualTo(plain(Scalar.JSON));
    }

    @Test
    void aNestedColumnOfTheDestinationHasItsNaturalForm() {
        ColumnType boxes = new ListType(
                new StructType(List.of(new Column("x", Scalar.INT), new Column("price", new DecimalType(10, 2)))));

        ValueForm form = SchemaInference.ofDestination(boxes);

        assertThat(form)
                .isEqualTo(free(new Members(List.of(
                        new SourceColumn("x", plain(Scalar.INT)),
                        new SourceColumn("price", plain(new DecimalType(10, 2)))))));
    }

    static List<Object> structured() {
        return List.of(Map.of("a", 1), List.of(1), MapFields.of(Map.of()));
    }

    @ParameterizedTest
    @MethodSource("structured")
    void aStructuredValueForATextColumnIsJson(Object value) {
        assertThat(SchemaInference.guided(value, Scalar.STRING)).isEqualTo(plain(Scalar.JSON));
    }

    @Test
    void anyOtherValueIsGuidedByTheColumnAlone() {
        assertThat(List.of(
                        SchemaInference.guided("text", Scalar.STRING),
                        SchemaInference.guided(null, Scalar.STRING),
                        SchemaInference.guided(List.of(1), new ListType(Scalar.INT)),
                        SchemaInference.guided("2026-01-01", Scalar.DATE)))
                .containsExactly(plain(Scalar.STRING), plain(Scalar.STRING), list(Scalar.INT), plain(Scalar.DATE));
    }

    private static Atom plain(ColumnType type) {
        return new Atom(type, Encoding.PLAIN);
    }

    private static ValueForm list(ColumnType element) {
        return free(plain(element));
    }

    private static ValueForm free(ValueForm element) {
        return new Elements(element, Elements.FREE);
    }
}
