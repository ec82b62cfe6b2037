package io.rowlake.sink.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowlake.event.Column;
import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.DecimalType;
import io.rowlake.event.ColumnType.ListType;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.ColumnType.StructType;
import io.rowlake.event.MalformedEventException;
import io.rowlake.sink.IncompatibleSchemaException;
import io.rowlake.sink.file.CsvSettings.BooleanStyle;
import io.rowlake.sink.file.CsvSettings.Header;
import io.rowlake.sink.file.CsvSettings.Quoting;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CsvFormatTest {

    private static final Column ID = new Column("id", Scalar.LONG);
    private static final Column LABEL = new Column("label", Scalar.STRING);
    private static final Column SCORE = new Column("score", Scalar.DOUBLE);
    private static final Column SEEN = new Column("seen", Scalar.BOOLEAN);

    @ParameterizedTest
    @MethodSource("values")
    void everyTypeHasItsText(ColumnType type, Object value, String text) {
        String lines =
                new FormatCase(ID, new Column("v", type)).row(1, value).writtenAs(format(CsvSettings.defaults()));

        assertThat(lines).isEqualTo("id,v\r\n1," + text + "\r\n");
    }

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of(Scalar.STRING, "What is the airspeed?", "What is the airspeed?"),
                Arguments.of(Scalar.STRING, " blanks ", " blanks "),
                Arguments.of(Scalar.STRING, "Fëanor 🐅", "Fëanor 🐅"),
                Arguments.of(Scalar.STRING, "", ""),
                Arguments.of(Scalar.STRING, "a,b", "\"a,b\""),
                Arguments.of(Scalar.STRING, "a\"b", "\"a\"\"b\""),
                Arguments.of(Scalar.STRING, "a\nb", "\"a\nb\""),
                Arguments.of(Scalar.STRING, "a\rb", "\"a\rb\""),
                Arguments.of(Scalar.INT, -7, "-7"),
                Arguments.of(Scalar.LONG, Long.MAX_VALUE, "9223372036854775807"),
                Arguments.of(Scalar.FLOAT, 0.1f, "0.1"),
                Arguments.of(Scalar.FLOAT, Float.POSITIVE_INFINITY, "inf"),
                Arguments.of(Scalar.DOUBLE, 24.0, "24.0"),
                Arguments.of(Scalar.DOUBLE, Double.NaN, "nan"),
                Arguments.of(Scalar.DOUBLE, Double.NEGATIVE_INFINITY, "-inf"),
                Arguments.of(Scalar.BOOLEAN, true, "true"),
                Arguments.of(Scalar.TIMESTAMP, 1_782_432_000_000_000L, "2026-06-26T00:00:00+00:00"),
                Arguments.of(Scalar.LOCAL_TIMESTAMP, 1_782_432_000_500_000L, "2026-06-26T00:00:00.500000"),
                Arguments.of(Scalar.DATE, 20_630, "2026-06-26"),
                Arguments.of(Scalar.TIME, 3_600_000_000L, "01:00:00"),
                Arguments.of(
                        Scalar.UUID,
                        UUID.fromString("f81d4fae-7dec-11d0-a765-00a0c91e6bf6"),
                        "f81d4fae-7dec-11d0-a765-00a0c91e6bf6"),
                Arguments.of(Scalar.JSON, "{\"a\":\"é\"}", "\"{\"\"a\"\":\"\"é\"\"}\""),
                Arguments.of(new DecimalType(38, 20), new BigDecimal("1E-20"), "0.00000000000000000001"),
                Arguments.of(new ListType(Scalar.INT), List.of(7), "[7]"),
                Arguments.of(new ListType(Scalar.INT), Arrays.asList(1, null), "\"[1,null]\""),
                Arguments.of(new StructType(List.of(LABEL)), List.of("é"), "\"{\"\"label\"\":\"\"é\"\"}\""));
    }

    @ParameterizedTest
    @MethodSource("quotings")
    void quotingIsAsPythonQuotes(Quoting quoting, String expected) {
        String lines = new FormatCase(ID, LABEL, SCORE, SEEN)
                .row(1, "#a", 24.0, true)
                .row(null, null, null, null)
                .row(2, "", 0.5, false)
                .writtenAs(format(new CsvSettings(',', quoting, Header.NAMES, "", BooleanStyle.PYTHON)));

        assertThat(lines).isEqualTo(expected);
    }

    static Stream<Arguments> quotings() {
        return Stream.of(
                Arguments.of(Quoting.MINIMAL, lines("id,label,score,seen", "1,#a,24.0,True", ",,,", "2,,0.5,False")),
                Arguments.of(Quoting.NONE, lines("id,label,score,seen", "1,#a,24.0,True", ",,,", "2,,0.5,False")),
                Arguments.of(
                        Quoting.ALL,
                        lines(
                                "'id','label','score','seen'",
                                "'1','#a','24.0','True'",
                                "'','','',''",
                                "'2','','0.5','False'")),
                Arguments.of(
                        Quoting.NONNUMERIC,
                        lines("'id','label','score','seen'", "1,'#a',24.0,True", "'','','',''", "2,'',0.5,False")));
    }

    private static String lines(String... lines) {
        return Stream.of(lines).map(line -> line.replace('\'', '"') + "\r\n").collect(Collectors.joining());
    }

    @Test
    void rowsOfTheSourceAreTheBytesThatItsOwnExportWrites() {
        var python = new CsvSettings(',', Quoting.MINIMAL, Header.NAMES, "", BooleanStyle.PYTHON);

        String lines = new FormatCase(
                        new Column("c_int", Scalar.LONG),
                        new Column("c_string", Scalar.STRING),
                        new Column("c_float", Scalar.DOUBLE),
                        new Column("c_bool", Scalar.BOOLEAN))
                .row(1, "What is the airspeed velocity of an unladen swallow?", 24.0, true)
                .row(2, "African or European, \"swallow\"?", 1e21, false)
                .row(3, null, 1.5e-7, null)
                .writtenAs(format(python));

        // As Python's csv.writer does it with the values' str().
        assertThat(lines).isEqualTo("""
                        c_int,c_string,c_float,c_bool
                        1,What is the airspeed velocity of an unladen swallow?,24.0,True
                        2,"African or European, ""swallow""?",1e+21,False
                        3,,1.5e-07,
                        """.replace("\n", "\r\n"));
    }

    @ParameterizedTest
    @MethodSource("nulls")
    void nullCanBeToldFromAnyString(Quoting quoting, String expected) {
        String lines = new FormatCase(ID, LABEL)
                .row(1, null)
                .row(null, "\\N")
                .row(3, "")
                .writtenAs(format(new CsvSettings(',', quoting, Header.NONE, "\\N", BooleanStyle.LOWER)));

        assertThat(lines).isEqualTo(expected);
    }

    static Stream<Arguments> nulls() {
        return Stream.of(
                Arguments.of(Quoting.MINIMAL, "1,\\N\r\n\\N,\"\\N\"\r\n3,\r\n"),
                Arguments.of(Quoting.ALL, "\"1\",\\N\r\n\\N,\"\\N\"\r\n\"3\",\"\"\r\n"),
                Arguments.of(Quoting.NONNUMERIC, "1,\\N\r\n\\N,\"\\N\"\r\n3,\"\"\r\n"));
    }

    @Test
    void aLoneEmptyValueIsQuotedSoThatItsLineIsNotBlank() {
        String lines = new FormatCase(LABEL).row((Object) null).row("").writtenAs(format(CsvSettings.defaults()));

        assertThat(lines).isEqualTo("label\r\n\"\"\r\n\"\"\r\n");
    }

    @ParameterizedTest
    @ValueSource(chars = {'\t', ';', '|', 'é'})
    void anyDelimiterIsTaken(char delimiter) {
        String lines = new FormatCase(ID, LABEL)
                .row(1, "a,b")
                .row(2, "a" + delimiter + "b")
                .writtenAs(format(new CsvSettings(delimiter, Quoting.MINIMAL, Header.NAMES, "", BooleanStyle.LOWER)));

        assertThat(lines)
                .isEqualTo("id,label\r\n1,a,b\r\n2,\"a,b\"\r\n"
                        .replace("id,label", "id" + delimiter + "label")
                        .replace("1,", "1" + delimiter)
                        .replace("2,\"a,b", "2" + delimiter + "\"a" + delimiter + "b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,b", "a\"b", "a\nb", "a\rb"})
    void aValueThatNeedsQuotesIsABadEventWhereThereAreNone(String value) {
        FormatCase rows = new FormatCase(ID, LABEL).row(1, "fine").row(2, value);

        assertThatThrownBy(() -> rows.writtenAs(withoutQuotes("")))
                .isInstanceOf(MalformedEventException.class)
                .hasMessage(
                        "Cannot decode event at images-0@1: the value of column 'label' can't be written as CSV: it is"
                                + " empty and alone in its line, or has a delimiter, a quote, a line break or the text for null;"
                                + " that needs quotes, and quoting is NONE");
    }

    @Test
    void aLoneEmptyValueAndTheTextOfNullAreBadEventsWithoutQuotes() {
        FormatCase alone = new FormatCase(LABEL).row("");
        FormatCase likeNull = new FormatCase(ID, LABEL).row(1, "NULL");

        assertThatThrownBy(() -> alone.writtenAs(withoutQuotes(""))).isInstanceOf(MalformedEventException.class);
        assertThatThrownBy(() -> likeNull.writtenAs(withoutQuotes("NULL"))).isInstanceOf(MalformedEventException.class);
    }

    @Test
    void aHeaderThatNeedsQuotesIsRefusedWhereThereAreNone() {
        FormatCase rows = new FormatCase(new Column("a,b", Scalar.LONG)).row(1);

        assertThatThrownBy(() -> rows.writtenAs(withoutQuotes("")))
                .isInstanceOf(IncompatibleSchemaException.class)
                .hasMessageStartingWith("Cannot write column name 'a,b' as CSV: ");
    }

    @Test
    void binaryColumnsAreLeftOutOfTheHeaderToo() {
        FormatCase rows = new FormatCase(new Column("raw", Scalar.BINARY), ID).row(new byte[] {0, -1}, 1);

        assertThat(rows.writtenAs(format(CsvSettings.defaults()))).isEqualTo("id\r\n1\r\n");
        assertThat(rows.writtenAs(new CsvFormat(CsvSettings.defaults(), BinaryEncoding.BASE64)))
                .isEqualTo("raw,id\r\nAP8=,1\r\n");
    }

    @Test
    void aLongRowIsWrittenWhole() {
        String value = "ab,".repeat(50_000);

        assertThat(new FormatCase(ID, LABEL).row(1, value).writtenAs(format(CsvSettings.defaults())))
                .isEqualTo("id,label\r\n1,\"" + value + "\"\r\n");
    }

    private static RowFormat withoutQuotes(String nullText) {
        return format(new CsvSettings(',', Quoting.NONE, Header.NAMES, nullText, BooleanStyle.LOWER));
    }

    private static RowFormat format(CsvSettings settings) {
        return new CsvFormat(settings, BinaryEncoding.EXCLUDE);
    }
}
