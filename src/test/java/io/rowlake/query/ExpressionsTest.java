package io.rowlake.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowlake.batch.BatchMemory;
import io.rowlake.batch.ChangeBatch;
import io.rowlake.event.MalformedEventException;
import io.rowlake.event.MalformedEventsException;
import io.rowlake.query.Query.UnknownColumns;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.arrow.vector.FieldVector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Expressions over the three sample rows. A row on which one fails is shown as ! and the reason. */
final class ExpressionsTest {

    private final BatchMemory memory = new BatchMemory();

    @AfterEach
    void nothingIsLeaked() {
        memory.close();
    }

    static Stream<Arguments> literalsAndColumns() {
        return Stream.of(
                is("1", "long", "1 | 1 | 1"),
                is(
                        "-9223372036854775808",
                        "long",
                        "-9223372036854775808 | -9223372036854775808 | -9223372036854775808"),
                is("1.5", "double", "1.5 | 1.5 | 1.5"),
                is("'it''s'", "string", "it's | it's | it's"),
                is("'a\nb'", "string", "a\nb | a\nb | a\nb"),
                is("TRUE", "boolean", "true | true | true"),
                is("DATE '2026-06-03'", "date", "20607 | 20607 | 20607"),
                is("CAST(TIMESTAMP '2026-06-03 12:00:00' AS STRING)", "string", same("2026-06-03T12:00:00Z")),
                is("TIMESTAMP '1970-01-01' = TIMESTAMP '1970-01-01 00:00:00Z'", "boolean", same("true")),
                is("TIMESTAMP '1970-01-01'", "timestamp", same("0")),
                is("CAST(NULL AS BIGINT)", "long", "null | null | null"),
                is("label", "string", "cat | null | \u00D6\uD83D\uDE00_%"),
                is("height", "int", "480 | null | 0"),
                is("height + 0", "long", "480 | null | 0"),
                is("ratio", "float", "1.5 | null | -0.5"),
                is("ratio * 2", "double", "3.0 | null | -1.0"),
                is("price", "decimal(10, 2)", "12.34 | null | -0.01"),
                is("\"odd \"\"name\"\"\"", "long", "1 | null | -1"),
                is("`odd \"name\"` + 1", "long", "2 | null | 0"),
                is("meta", "json", SampleRows.META + " | null | \"text\""));
    }

    static Stream<Arguments> arithmetic() {
        String tooLarge = " has more than 64 bits; CAST one of the operands AS DOUBLE to go on with fewer digits";
        return Stream.of(
                is("width + height * 2", "long", "1600 | null | -9223372036854775808"),
                is("(width + height) * 2", "long", "2240 | null | !-9223372036854775808 * 2" + tooLarge),
                is("width - 1", "long", "639 | null | !-9223372036854775808 - 1" + tooLarge),
                is("-width", "long", "-640 | null | !-(-9223372036854775808) has more than 64 bits"),
                is("-(-5) + (+1)", "long", same("6")),
                is("width % 7", "long", "3 | null | -1".replace("-1", String.valueOf(Long.MIN_VALUE % 7))),
                is(
                        "width % height",
                        "long",
                        "160 | null | !-9223372036854775808 % 0 has no result; write NULLIF(divisor, 0)"
                                + " to get null"),
                is("width / 4", "double", "160.0 | null | -2.305843009213694E18"),
                is("width / NULLIF(height, 0)", "double", "1.3333333333333333 | null | null"),
                is("1.5 + 1", "double", same("2.5")),
                is("score * 2", "double", "1.0 | null | NaN"),
                is("5.5 % 2", "double", same("1.5")),
                is("-score", "double", "-0.5 | null | NaN"),
                is(
                        "9007199254740993 + 0.5",
                        "double",
                        same("!9007199254740993 has more digits than a double; CAST it AS"
                                + " DOUBLE to have it rounded")),
                is("CAST(9007199254740993 AS DOUBLE) + 0.5", "double", same("9.007199254740992E15")),
                is("NULL + 1", "double", same("null")),
                is("label || '-' || label", "string", "cat-cat | null | \u00D6\uD83D\uDE00_%-\u00D6\uD83D\uDE00_%"));
    }

    static Stream<Arguments> comparisons() {
        return Stream.of(
                is("width = 640", "boolean", "true | null | false"),
                is("width <> 640", "boolean", "false | null | true"),
                is("width != 640.0", "boolean", "false | null | true"),
                is("9007199254740993 = 9007199254740992.0", "boolean", same("false")),
                is("9007199254740993 > 9007199254740992.0", "boolean", same("true")),
                is("1 < 1.5", "boolean", same("true")),
                is("-1 > -1.5", "boolean", same("true")),
                is("1.0 >= 1", "boolean", same("true")),
                is("width < 1e300", "boolean", "true | null | true"),
                is("width > -1e300", "boolean", "true | null | true"),
                is("score > 1e308", "boolean", "false | null | true"),
                is("score = score", "boolean", "true | null | true"),
                is("width < score", "boolean", "false | null | true"),
                is("0.0 = -0.0", "boolean", same("true")),
                is("price = 12.34", "boolean", "false | null | false"),
                is("price > 12", "boolean", "true | null | false"),
                is("price < score", "boolean", "false | null | true"),
                is("score > price", "boolean", "false | null | true"),
                is("label < 'd'", "boolean", "true | null | false"),
                is("ok > FALSE", "boolean", "true | null | false"),
                is("day = '2026-06-03'", "boolean", "true | null | false"),
                is("'1969-12-31' = day", "boolean", "false | null | true"),
                is("at >= '2026-06-03'", "boolean", "true | null | false"),
                is("at = '2026-06-03T14:00:00.5+02:00'", "boolean", "true | null | false"),
                is("here < '1970-01-01'", "boolean", "false | null | true"),
                is("exact > '1970-01-01T00:00:00Z'", "boolean", "true | null | false"),
                is("clock = '00:01:00'", "boolean", "true | null | false"),
                is("id = '123e4567-e89b-12d3-a456-426614174000'", "boolean", "true | null | false"),
                is("width = NULL", "boolean", same("null")),
                is("width BETWEEN 1 AND 640", "boolean", "true | null | false"),
                is("width NOT BETWEEN 1 AND 640", "boolean", "false | null | true"),
                is("day BETWEEN '2026-01-01' AND '2026-12-31'", "boolean", "true | null | false"),
                is("width IN (1, 640, NULL)", "boolean", "true | null | null"),
                is("width NOT IN (1, 2)", "boolean", "true | null | true"),
                is("day IN ('2026-06-03')", "boolean", "true | null | false"),
                is("label IN ('cat', 'dog')", "boolean", "true | null | false"));
    }

    static Stream<Arguments> logic() {
        return Stream.of(
                is("ok AND width > 0", "boolean", "true | null | false"),
                is("ok OR TRUE", "boolean", same("true")),
                is("ok AND FALSE", "boolean", same("false")),
                is("NOT ok", "boolean", "false | null | true"),
                is("NOT (ok AND NULL)", "boolean", "null | null | true"),
                is("height <> 0 AND width / height > 1", "boolean", "true | null | false"),
                is("height = 0 OR width % height = 160", "boolean", "true | null | true"),
                is("width % height = 160 OR height = 0", "boolean", "true | null | true"),
                is("label IS NULL", "boolean", "false | true | false"),
                is("label IS NOT NULL", "boolean", "true | false | true"),
                is("tags IS NULL", "boolean", "false | true | false"),
                is("video IS NOT NULL", "boolean", "true | false | true"),
                is("box IS NULL", "boolean", "false | true | false"),
                is("ok IS TRUE", "boolean", "true | false | false"),
                is("ok IS NOT TRUE", "boolean", "false | true | true"),
                is("ok IS FALSE", "boolean", "false | false | true"),
                is("ok IS NOT FALSE", "boolean", "true | true | false"),
                is("label LIKE 'c%'", "boolean", "true | null | false"),
                is("label NOT LIKE 'c%'", "boolean", "false | null | true"),
                is("label LIKE '____'", "boolean", "false | null | true"),
                is("label LIKE '%!_!%' ESCAPE '!'", "boolean", "false | null | true"),
                is("label LIKE '\u00D6_%'", "boolean", "false | null | true"),
                is("label LIKE 'cat'", "boolean", "true | null | false"),
                is("label LIKE '%a%t%'", "boolean", "true | null | false"),
                is("label LIKE ''", "boolean", "false | null | false"));
    }

    static Stream<Arguments> paths() {
        return Stream.of(
                is("video.fileurl", "string", "s3://example-bucket/a.mp4 | null | null"),
                is("video.localpath", "string", "/tmp/a.mp4 | null | null"),
                is("box.x", "long", "7 | null | null"),
                is("box.name", "string", "crate | null | nothing"),
                is("UPPER(box.name)", "string", "CRATE | null | NOTHING"),
                is("tags[0]", "string", "red | null | null"),
                is("tags[1]", "string", same("null")),
                is("tags[2]", "string", same("null")),
                is("grid[0]", "list<long>", "[1,2] | null | null"),
                is("grid[1]", "list<long>", "[3] | null | []"),
                is("grid[0][1]", "long", "2 | null | null"),
                is("boxes[0].x", "long", "4 | null | null"),
                is("boxes[0]", "struct<x: long>", "{\"x\":4} | null | null"),
                is("meta.score", "json", "1.5 | null | null"),
                is("meta.s", "json", "\"x\\ny\" | null | null"),
                is("meta.tags", "json", "[\"a\",\"b\"] | null | null"),
                is("meta.tags[1]", "json", "\"b\" | null | null"),
                is("meta.tags[2]", "json", same("null")),
                is("meta.deep.list[1].q", "json", "\"z\" | null | null"),
                is("meta.\"deep\".list[0]", "json", "1 | null | null"),
                is("meta.none", "json", same("null")),
                is("meta.tags.x", "json", same("null")),
                is("meta[0]", "json", same("null")),
                is("meta.none IS NULL", "boolean", same("true")));
    }

    static Stream<Arguments> jsonValues() {
        return Stream.of(
                is("meta.score > 1", "boolean", "true | null | null"),
                is("meta.big = 9007199254740993", "boolean", "true | null | null"),
                is("9007199254740992 = meta.big", "boolean", "false | null | null"),
                is("meta.s = 'x\ny'", "boolean", "true | null | null"),
                is("meta.s = 5", "boolean", "false | null | null"),
                is("TRY_CAST('1e99999999999' AS JSON) IS NULL", "boolean", same("true")),
                is("meta.n NOTNULL", "boolean", "true | false | false"),
                is("meta.n ISNULL", "boolean", "false | true | true"),
                is("meta.s <> 5", "boolean", "true | null | null"),
                is("meta.s > 5", "boolean", "!a JSON value must be a number but was \"x\\ny\" | null | null"),
                is("meta.tags[0] LIKE 'a%'", "boolean", "true | null | null"),
                is("meta.ok", "json", "true | null | null"),
                is("NOT meta.ok", "boolean", "false | null | null"),
                is("meta.when = DATE '2026-06-03'", "boolean", "true | null | null"),
                is("meta.n + 1", "double", "6.0 | null | null"),
                is("meta.tags + 1", "double", "!a JSON value must be a number but was [\"a\",\"b\"] | null | null"),
                is("LENGTH(meta.s)", "long", "3 | null | null"),
                is("COALESCE(meta.n, 0)", "long", "5 | 0 | 0"),
                is(
                        "COALESCE(meta.score, 0)",
                        "long",
                        "!a JSON value must be a whole number of 64 bits but was 1.5 | 0 | 0"),
                is("meta IN ('text')", "boolean", "false | null | true"),
                is("CAST(meta.s AS STRING)", "string", "x\ny | null | null"),
                is("CAST(meta.deep AS STRING)", "string", "{\"list\":[1,{\"q\":\"z\"}]} | null | null"),
                is("CAST(meta.when AS DATE)", "date", "20607 | null | null"),
                is("CAST(meta.n AS BIGINT)", "long", "5 | null | null"),
                is("TRY_CAST(meta.s AS BIGINT)", "long", same("null")),
                is("CAST(meta.n AS DOUBLE)", "double", "5.0 | null | null"),
                is("CAST(meta.ok AS BOOLEAN)", "boolean", "true | null | null"));
    }

    static Stream<Arguments> functions() {
        return Stream.of(
                is("LOWER('\u00C4B')", "string", same("\u00E4b")),
                is("UPPER(label)", "string", "CAT | null | \u00D6\uD83D\uDE00_%"),
                is("LENGTH(label)", "long", "3 | null | 4"),
                is("TRIM('  a ')", "string", same("a")),
                is("SUBSTRING(label, 2)", "string", "at | null | \uD83D\uDE00_%"),
                is("SUBSTRING(label, 2, 1)", "string", "a | null | \uD83D\uDE00"),
                is("SUBSTRING('abc', 0, 2)", "string", same("a")),
                is("SUBSTRING('abc', 9)", "string", same("")),
                is("SUBSTRING('abc', 1, -1)", "string", same("!SUBSTRING must have a length of 0 or more but has -1")),
                is("ABS(-3)", "long", same("3")),
                is("ABS(width)", "long", "640 | null | !-(-9223372036854775808) has more than 64 bits"),
                is("ABS(ratio)", "double", "1.5 | null | 0.5"),
                is("ROUND(2.5)", "double", same("3.0")),
                is("ROUND(-2.5)", "double", same("-3.0")),
                is("ROUND(1.005, 2)", "double", same("1.01")),
                is("ROUND(score)", "double", "1.0 | null | NaN"),
                is("ROUND(7)", "long", same("7")),
                is("FLOOR(1.5)", "double", same("1.0")),
                is("CEIL(1.5)", "double", same("2.0")),
                is("COALESCE(label, 'none')", "string", "cat | none | \u00D6\uD83D\uDE00_%"),
                is("COALESCE(score, width, 0)", "double", "0.5 | 0.0 | NaN"),
                is("COALESCE(NULL, ok, FALSE)", "boolean", "true | false | false"),
                is("NULLIF(label, 'cat')", "string", "null | null | \u00D6\uD83D\uDE00_%"),
                is("NULLIF(width, 0.5)", "long", "640 | null | -9223372036854775808"));
    }

    static Stream<Arguments> casts() {
        String misfit = "!a value that is CAST must be ";
        return Stream.of(
                is(
                        "CAST(width AS DOUBLE)",
                        "double",
                        "640.0 | null | -9.223372036854775808E18"
                                .replace("4775808E", "E")
                                .replace("-9.22337203685E18", "-9.223372036854776E18")),
                is(
                        "CAST(score AS BIGINT)",
                        "long",
                        misfit + "a whole number of 64 bits but was 0.5: write ROUND, FLOOR or CEIL" + " | null | "
                                + misfit + "a whole number of 64 bits but was NaN: write ROUND, FLOOR or CEIL"),
                is("CAST(FLOOR(ratio) AS INTEGER)", "long", "1 | null | -1"),
                is("TRY_CAST(score AS BIGINT)", "long", same("null")),
                is("CAST(price AS DOUBLE)", "double", "12.34 | null | -0.01"),
                is(
                        "CAST(price AS BIGINT)",
                        "long",
                        misfit + "a whole number of 64 bits but was 12.34 | null | " + misfit
                                + "a whole number of 64 bits but was -0.01"),
                is("CAST(price AS STRING)", "string", "12.34 | null | -0.01"),
                is("CAST(width AS VARCHAR)", "string", "640 | null | -9223372036854775808"),
                is("CAST(score AS STRING)", "string", "0.5 | null | NaN"),
                is("CAST(ok AS STRING)", "string", "true | null | false"),
                is("CAST(day AS STRING)", "string", "2026-06-03 | null | 1969-12-31"),
                is("CAST(clock AS STRING)", "string", "00:01 | null | 00:00"),
                is("CAST(at AS STRING)", "string", "2026-06-03T12:00:00.500Z | null | 1969-12-31T23:59:59.999999Z"),
                is("CAST(here AS STRING)", "string", "1970-01-01T00:00 | null | 1969-12-31T23:59:59.999999"),
                is(
                        "CAST(exact AS STRING)",
                        "string",
                        "1970-01-01T00:00:00.000000001Z | null | 1969-12-31T23:59:59.999999999Z"),
                is(
                        "CAST(id AS STRING)",
                        "string",
                        "123e4567-e89b-12d3-a456-426614174000 | null |" + " ffffffff-ffff-ffff-ffff-ffffffffffff"),
                is("CAST(CAST(id AS STRING) AS UUID) = id", "boolean", "true | null | true"));
    }

    static Stream<Arguments> castsOfTimesAndTexts() {
        String misfit = "!a value that is CAST must be ";
        return Stream.of(
                is("CAST(at AS DATE)", "date", "20607 | null | -1"),
                is(
                        "CAST(CAST(day AS TIMESTAMP) AS STRING)",
                        "string",
                        "2026-06-03T00:00:00Z | null | 1969-12-31T00:00:00Z"),
                is("CAST(here AS TIMESTAMP) = at", "boolean", "false | null | true"),
                is("CAST('12' AS BIGINT) + CAST(' 1e2 ' AS BIGINT)", "long", same("112")),
                is("CAST('1.5d' AS DOUBLE)", "double", same(misfit + "a number but was '1.5d'")),
                is("CAST('TRUE' AS BOOLEAN)", "boolean", same("true")),
                is("CAST('yes' AS BOOLEAN)", "boolean", same(misfit + "true or false but was 'yes'")),
                is("CAST('{ \"a\": 1 }' AS JSON)", "json", same("{\"a\":1}")),
                is("CAST('{' AS JSON)", "json", same(misfit + "JSON but was '{'")),
                is("CAST('1 2' AS JSON)", "json", same(misfit + "JSON but was '1 2'")),
                is("CAST(width AS JSON)", "json", "640 | null | -9223372036854775808"),
                is(
                        "CAST(score AS JSON)",
                        "json",
                        "0.5 | null | " + misfit + "a number that JSON has a form for but was NaN"),
                is(
                        "TRY_CAST(width % height AS STRING)",
                        "string",
                        "160 | null | !-9223372036854775808 % 0 has no result;"
                                + " write NULLIF(divisor, 0) to get null"));
    }

    @ParameterizedTest
    @MethodSource({
        "literalsAndColumns",
        "arithmetic",
        "comparisons",
        "logic",
        "paths",
        "jsonValues",
        "functions",
        "casts",
        "castsOfTimesAndTexts"
    })
    void hasItsTypeAndValues(String expression, String type, String expected) {
        BoundQuery query = bind("SELECT " + expression + " AS x");

        assertThat(query.schema().columns()).hasToString("[x: " + type + "]");
        assertThat(results(query)).isEqualTo(expected);
    }

    @Test
    void everyKindOfSyntaxHasACase() {
        long known = Stream.of(
                        literalsAndColumns(), arithmetic(), comparisons(), logic(), paths(), functions(), casts())
                .flatMap(cases -> cases)
                .map(arguments -> QueryParser.parse(
                                new QueryText("SELECT " + arguments.get()[0]))
                        .items()
                        .get(0))
                .map(item -> ((SelectList.Selected) item).value().getClass())
                .distinct()
                .count();

        // NULL alone has no type.
        assertThat(known).isEqualTo(Syntax.class.getPermittedSubclasses().length - 1);
    }

    private static Arguments is(String expression, String type, String expected) {
        return Arguments.of(expression, type, expected);
    }

    /** The same in all rows. */
    private static String same(String result) {
        return result + " | " + result + " | " + result;
    }

    private static BoundQuery bind(String sql) {
        return Query.parse(sql).bind(SampleRows.SCHEMA, UnknownColumns.REJECT);
    }

    /** Each row by itself, so that a failure leaves the others. */
    private String results(BoundQuery query) {
        List<String> results = IntStream.range(0, 3)
                .mapToObj(row -> result(query, SampleRows.batch(memory).withRows(new int[] {row})))
                .toList();
        return String.join(" | ", results);
    }

    private static String result(BoundQuery query, ChangeBatch row) {
        try (row;
                ChangeBatch selected = query.apply(row).orElseThrow()) {
            FieldVector vector = selected.vector(0);
            return vector.isNull(0) ? "null" : String.valueOf(vector.getObject(0));
        } catch (MalformedEventsException e) {
            MalformedEventException bad = Objects.requireNonNull(e.events().get(0));
            String message = String.valueOf(bad.getMessage());
            return Arrays.asList(message.split("has no value: ", 2)).get(1).transform(reason -> "!" + reason);
        }
    }
}
