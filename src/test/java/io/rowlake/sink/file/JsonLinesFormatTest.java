package io.rowlake.sink.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowlake.event.Column;
import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.DecimalType;
import io.rowlake.event.ColumnType.ListType;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.ColumnType.StructType;
import io.rowlake.sink.file.JsonSettings.NonFinite;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class JsonLinesFormatTest {

    private static final StructType POINT =
            new StructType(List.of(new Column("x", Scalar.LONG), new Column("raw", Scalar.BINARY)));

    @ParameterizedTest
    @MethodSource({"texts", "numbers", "times", "nested"})
    void everyTypeHasItsText(ColumnType type, Object value, String json) {
        String line = new FormatCase(new Column("v", type)).row(value).writtenAs(format(NonFinite.NULL));

        assertThat(line).isEqualTo("{\"v\":" + json + "}\n");
    }

    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of(Scalar.STRING, "Manwë 🐅", "\"Manwë 🐅\""),
                Arguments.of(Scalar.STRING, "", "\"\""),
                Arguments.of(
                        Scalar.STRING,
                        "a\"b\\c/d\ne\tf\u0001\u007f\u2028",
                        "\"a\\\"b\\\\c/d\\ne\\tf\\u0001\u007f\u2028\""),
                Arguments.of(Scalar.STRING, "é".repeat(40_000), '"' + "é".repeat(40_000) + '"'));
    }

    static Stream<Arguments> numbers() {
        return Stream.of(
                Arguments.of(Scalar.INT, -7, "-7"),
                Arguments.of(Scalar.LONG, 9_007_199_254_740_993L, "9007199254740993"),
                Arguments.of(Scalar.LONG, Long.MIN_VALUE, "-9223372036854775808"),
                Arguments.of(Scalar.FLOAT, 0.1f, "0.1"),
                Arguments.of(Scalar.DOUBLE, 0.1, "0.1"),
                Arguments.of(Scalar.DOUBLE, 24.0, "24.0"),
                Arguments.of(Scalar.DOUBLE, 2e-3, "0.002"),
                Arguments.of(Scalar.DOUBLE, 1e21, "1e+21"),
                Arguments.of(Scalar.DOUBLE, 12345678.9, "12345678.9"),
                Arguments.of(Scalar.DOUBLE, -0.0, "-0.0"),
                Arguments.of(Scalar.BOOLEAN, true, "true"),
                Arguments.of(Scalar.BOOLEAN, false, "false"));
    }

    static Stream<Arguments> times() {
        return Stream.of(
                Arguments.of(Scalar.TIMESTAMP, 1_782_432_000_000_000L, "\"2026-06-26T00:00:00+00:00\""),
                Arguments.of(Scalar.TIMESTAMP, 1_782_432_000_000_120L, "\"2026-06-26T00:00:00.000120+00:00\""),
                Arguments.of(Scalar.TIMESTAMP, -1L, "\"1969-12-31T23:59:59.999999+00:00\""),
                Arguments.of(Scalar.TIMESTAMP, Long.MAX_VALUE, "\"+294247-01-10T04:00:54.775807+00:00\""),
                Arguments.of(Scalar.TIMESTAMP, Long.MIN_VALUE, "\"-290308-12-21T19:59:05.224192+00:00\""),
                Arguments.of(Scalar.LOCAL_TIMESTAMP, 1_782_432_061_000_000L, "\"2026-06-26T00:01:01\""),
                Arguments.of(Scalar.DATE, 20_630, "\"2026-06-26\""),
                Arguments.of(Scalar.DATE, -719_162, "\"0001-01-01\""),
                Arguments.of(Scalar.TIME, 86_399_000_001L, "\"23:59:59.000001\""),
                Arguments.of(Scalar.TIME, 0, "\"00:00:00\""));
    }

    static Stream<Arguments> nested() {
        return Stream.of(
                Arguments.of(
                        Scalar.UUID,
                        UUID.fromString("f81d4fae-7dec-11d0-a765-00a0c91e6bf6"),
                        "\"f81d4fae-7dec-11d0-a765-00a0c91e6bf6\""),
                Arguments.of(
                        Scalar.JSON, "{\"a\":[1,2.0,\"drei é\",false,null]}", "{\"a\":[1,2.0,\"drei é\",false,null]}"),
                Arguments.of(Scalar.JSON, "\"text\"", "\"text\""),
                Arguments.of(
                        new DecimalType(20, 2), new BigDecimal("-123456789012345678.90"), "-123456789012345678.90"),
                Arguments.of(new DecimalType(38, 20), new BigDecimal("1E-20"), "0.00000000000000000001"),
                Arguments.of(new ListType(Scalar.FLOAT), Arrays.asList(0.5f, null, 1f), "[0.5,null,1.0]"),
                Arguments.of(
                        new ListType(new ListType(Scalar.INT)),
                        List.of(List.of(1, 2), List.of(), List.of(3)),
                        "[[1,2],[],[3]]"),
                Arguments.of(POINT, List.of(3), "{\"x\":3}"),
                Arguments.of(new ListType(POINT), Arrays.asList(List.of(3), null), "[{\"x\":3},null]"));
    }

    @Test
    void keysKeepTheOrderOfColumnsAndNullsAreWritten() {
        String lines = new FormatCase(new Column("zebra", Scalar.STRING), new Column("a \"b\"", Scalar.LONG))
                .row("x", null)
                .row(null, 1)
                .writtenAs(format(NonFinite.NULL));

        assertThat(lines).isEqualTo("{\"zebra\":\"x\",\"a \\\"b\\\"\":null}\n{\"zebra\":null,\"a \\\"b\\\"\":1}\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\'',
            value = {
                "NULL;{\"d\":null,\"f\":null}",
                "STRING;{\"d\":\"NaN\",\"f\":\"-Infinity\"}",
                "TOKEN;{\"d\":NaN,\"f\":-Infinity}"
            })
    void numbersThatAreNotFiniteHaveThreeForms(NonFinite nonFinite, String line) {
        String written = new FormatCase(new Column("d", Scalar.DOUBLE), new Column("f", Scalar.FLOAT))
                .row(Double.NaN, Float.NEGATIVE_INFINITY)
                .writtenAs(format(nonFinite));

        assertThat(written).isEqualTo(line + "\n");
    }

    @Test
    void binaryColumnsAreLeftOut() {
        String line = new FormatCase(
                        new Column("id", Scalar.LONG),
                        new Column("raw", Scalar.BINARY),
                        new Column("raws", new ListType(Scalar.BINARY)))
                .row(1, new byte[] {1}, List.of(new byte[] {2}))
                .writtenAs(format(NonFinite.NULL));

        assertThat(line).isEqualTo("{\"id\":1}\n");
    }

    @Test
    void binaryColumnsAreKeptAsBase64OnDemand() {
        String line = new FormatCase(new Column("raw", Scalar.BINARY), new Column("point", POINT))
                .row(new byte[] {0, -1, 62, 63}, List.of(3, new byte[] {1}))
                .writtenAs(new JsonLinesFormat(JsonSettings.defaults(), BinaryEncoding.BASE64));

        assertThat(line).isEqualTo("{\"raw\":\"AP8+Pw==\",\"point\":{\"x\":3,\"raw\":\"AQ==\"}}\n");
    }

    private static RowFormat format(NonFinite nonFinite) {
        return new JsonLinesFormat(new JsonSettings(nonFinite), BinaryEncoding.EXCLUDE);
    }
}
