package io.rowlake.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowlake.event.Column;
import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.DecimalType;
import io.rowlake.event.ColumnType.ListType;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.ColumnType.StructType;
import io.rowlake.event.TableSchema;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class TypeOverridesTest {

    static Stream<Arguments> types() {
        return Stream.of(
                Arguments.of("boolean", Scalar.BOOLEAN),
                Arguments.of("INT", Scalar.INT),
                Arguments.of(" long ", Scalar.LONG),
                Arguments.of("float", Scalar.FLOAT),
                Arguments.of("double", Scalar.DOUBLE),
                Arguments.of("date", Scalar.DATE),
                Arguments.of("time", Scalar.TIME),
                Arguments.of("timestamp", Scalar.LOCAL_TIMESTAMP),
                Arguments.of("timestamptz", Scalar.TIMESTAMP),
                Arguments.of("timestamp_ns", Scalar.LOCAL_TIMESTAMP_NANO),
                Arguments.of("timestamptz_ns", Scalar.TIMESTAMP_NANO),
                Arguments.of("string", Scalar.STRING),
                Arguments.of("uuid", Scalar.UUID),
                Arguments.of("binary", Scalar.BINARY),
                Arguments.of("variant", Scalar.VARIANT),
                Arguments.of("json", Scalar.JSON),
                Arguments.of("decimal(9,2)", new DecimalType(9, 2)),
                Arguments.of("decimal( 38 , 0 )", new DecimalType(38, 0)),
                Arguments.of("list<list<float>>", new ListType(new ListType(Scalar.FLOAT))),
                Arguments.of(
                        "struct<a: string, \"b, c\": list<struct<d: int>>>",
                        new StructType(List.of(
                                new Column("a", Scalar.STRING),
                                new Column(
                                        "b, c", new ListType(new StructType(List.of(new Column("d", Scalar.INT)))))))));
    }

    @ParameterizedTest
    @MethodSource("types")
    void typesAreThoseOfIceberg(String text, ColumnType type) {
        assertThat(TypeOverrides.parse("c:" + text).types()).isEqualTo(Map.of("c", type));
    }

    @Test
    void columnsMayHaveAnyNameInQuotes() {
        assertThat(TypeOverrides.parse("aspect_ratio : double, \"a \"\"b\"\": c\":int,`x,y`:long")
                        .types())
                .isEqualTo(Map.of("aspect_ratio", Scalar.DOUBLE, "a \"b\": c", Scalar.INT, "x,y", Scalar.LONG));
    }

    @Test
    void noTextIsNoOverride() {
        assertThat(TypeOverrides.parse(" ").types()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "a | ':' at character 2 but has the end",
                "a:doubel | a type (binary, boolean, date, decimal, double at character 3 but has 'doubel'",
                "a:int b:int | a comma or the end at character 7 but has 'b:int'",
                "a:int, a:int | a column that is not there yet at character 7 but has 'a' again",
                "a:list<int | '>' at character 11 but has the end",
                "a:decimal(3) | ',' at character 12 but has ')'",
                "a:decimal(50,2) | a decimal whose precision must be 1 to 38 but was 50 at character 16 but has the end",
                "a:struct<b:int,b:int> | a struct with distinct fields (Column 'b' occurs twice) at character 22 but has the end",
                "a:map<string,int> | a type (",
                ":int | the name of a column at character 1 but has ':int'",
                "'a:int | ",
            })
    void anErrorSaysWhere(String text, String message) {
        if (message == null) {
            assertThat(TypeOverrides.parse(text).types()).containsKey("'a");
            return;
        }
        assertThatThrownBy(() -> TypeOverrides.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .startsWith("must have " + (message.startsWith("a type") ? "a type (" : message))
                .endsWith(", as in aspect_ratio:double, meta:struct<score: double, tags: list<string>>");
    }

    @Test
    void columnsThatAreNotThereAreNamed() {
        var source = new TableSchema(
                List.of(new Column("label", Scalar.STRING), new Column("width", Scalar.LONG)), List.of());

        assertThatThrownBy(() -> TypeOverrides.parse("z:int,width:int,a:int").requireColumnsOf(source))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "schema.overrides must name columns of the source but 'a', 'z' are none: it has label, width");
    }
}
