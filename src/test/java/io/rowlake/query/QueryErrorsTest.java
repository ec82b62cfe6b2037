package io.rowlake.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowlake.query.Query.UnknownColumns;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a query may not be, with the reason and the place that the message points at. */
final class QueryErrorsTest {

    private static final String EACH_ROW = " takes several rows together, and a query is asked of each row by itself";
    private static final String NO_READ =
            "; write SELECT columns WHERE condition, and put names that are words of SQL in" + " double quotes";
    private static final String FUNCTIONS =
            "ABS, CEIL, COALESCE, FLOOR, LENGTH, LOWER, NULLIF, ROUND, SUBSTRING, TRIM, UPPER";

    static Stream<Arguments> texts() {
        return Stream.of(
                error("", "it ends too early; write SELECT columns WHERE condition", 1),
                error("SELECT", "it ends too early; write SELECT columns WHERE condition", 7),
                error("label, width", "it can't be read from 'label' on" + NO_READ, 1),
                error("SELECT label, ", "it can't be read from ',' on" + NO_READ, 13),
                error("SELECT label WHERE", "it can't be read from 'WHERE' on" + NO_READ, 14),
                error(
                        "WHERE a BETWEEN 1 AND ((b * 2) + (c * 2))",
                        "it ends too early; write SELECT columns WHERE condition; where a bound of BETWEEN has brackets"
                                + " within brackets, write >= and <=",
                        42),
                error("SELECT label FROM images", "leave FROM out: the topic is the table", 14),
                error("SELECT label; DROP TABLE t", "a query is one statement, without ;", 13),
                error("SELECT DISTINCT label", "DISTINCT" + EACH_ROW, 8),
                error("SELECT label GROUP BY label", "GROUP" + EACH_ROW, 14),
                error("SELECT label ORDER BY label", "ORDER" + EACH_ROW, 14),
                error("SELECT label LIMIT 5", "LIMIT" + EACH_ROW, 14),
                error("SELECT images.*", "the topic is the table, and has no other name; write *", 8),
                error("SELECT 'x", "the text in quotes has no end", 8),
                error("SELECT \"x", "the name in quotes has no end", 8),
                error("SELECT \"\"", "a name in quotes is empty", 8),
                error("SELECT a /* x", "the comment has no end", 10),
                error("SELECT a[-1]", "the place in a list must be a whole number from 0 on, as in [0]", 9),
                error("SELECT a[i]", "the place in a list must be a whole number from 0 on, as in [0]", 9));
    }

    static Stream<Arguments> expressions() {
        return Stream.of(
                error("SELECT a AS b.c", "the name of a column has no path; put it in double quotes", 13),
                error(
                        "SELECT 9223372036854775808",
                        "a whole number has 64 bits, but this is 9223372036854775808;" + " write it with a point",
                        8),
                error("SELECT (a, b)", "one value stands in brackets, but here are 2", 8),
                error(
                        "SELECT CASE WHEN a THEN 1 END",
                        "CASE is not known; write COALESCE, NULLIF, or a column of each" + " case",
                        8),
                error("SELECT ?", "there are no parameters; write the value", 8),
                error("SELECT (SELECT 1)", "there is no query within a query", 8),
                error(
                        "SELECT CURRENT_DATE",
                        "the time of the query is not known to it; a query gives the same whenever" + " it is run",
                        8),
                error("SELECT a ILIKE 'x'", "ILIKE is not known; write LOWER(text) LIKE 'c%' or the like", 10),
                error("SELECT a LIKE 'x' ESCAPE b", "ESCAPE takes one character in quotes, as in ESCAPE '!'", 10),
                error("SELECT a IN ()", "IN takes a list of values, as in IN ('cat', 'dog')", 10),
                error("SELECT a & 1", "this is not known; docs/query.md says what a query can have", 8),
                error(
                        "SELECT TRIM(LEADING 'x' FROM a)",
                        "TRIM takes one text, and takes blanks from both of its ends",
                        8),
                error("SELECT DATE '2026-13-01'", "'2026-13-01' must be a date such as 2026-06-03", 8),
                error(
                        "SELECT TIME '12:00:00'",
                        "there are literals of DATE and TIMESTAMP only, as in DATE '2026-06-03'",
                        8));
    }

    static Stream<Arguments> columns() {
        return Stream.of(
                error(
                        "SELECT widht",
                        "there is no column 'widht', but label, width, height, score, ratio, price, ok, day,"
                                + " clock, at, here, exact, id, raw, meta, tags, grid, box, boxes, video, and 1 more. Did you mean"
                                + " 'width'?",
                        8),
                error(
                        "SELECT * WHERE Label = 'x'",
                        "there is no column 'Label', but label, width, height, score, ratio,"
                                + " price, ok, day, clock, at, here, exact, id, raw, meta, tags, grid, box, boxes, video, and 1"
                                + " more. Did you mean 'label'?",
                        16),
                error("SELECT video.url", "there is no 'url' in it: it has fileurl, localpath, bytes", 13),
                error("SELECT box.nme", "there is no 'nme' in it: it has x, name. Did you mean 'name'?", 11),
                error("SELECT label.x", "only a struct, JSON or media has parts, but this is string", 13),
                error("SELECT label[0]", "only a list or JSON has elements, but this is string", 13),
                error(
                        "SELECT LOWER(tags)",
                        "nothing can be computed of 'tags', which is list<string> here; name a part of"
                                + " it, or ask IS NULL",
                        14),
                error(
                        "SELECT width AS a, height AS b, width AS a",
                        "Repeated column name 'a' in query at positions: 1, 3",
                        33));
    }

    static Stream<Arguments> types() {
        return Stream.of(
                error("WHERE label = 5", "string and long don't compare; CAST one of them", 13),
                error("WHERE meta = meta", "two JSON values don't compare; CAST one of them", 12),
                error("WHERE day = 'soon'", "'soon' must be a date such as 2026-06-03", 13),
                error("WHERE id = 'x'", "'x' must be a UUID such as 123e4567-e89b-12d3-a456-426614174000", 12),
                error("WHERE label", "a condition is true or false but this is string; CAST it AS BOOLEAN", 7),
                error("SELECT label + 1", "+ takes numbers but this is string; CAST it AS DOUBLE", 14),
                error("SELECT price * 2", "* takes numbers but this is decimal; CAST it AS DOUBLE", 14),
                error("SELECT -label", "- takes a number but this is string; CAST it AS DOUBLE", 8),
                error("SELECT width || 'x'", "|| takes texts but this is long; CAST it AS STRING", 14),
                error("SELECT LENGTH(width)", "LENGTH takes text but this is long; CAST it AS STRING", 8),
                error("SELECT ROUND(label)", "ROUND takes a number but this is string; CAST it AS DOUBLE", 8),
                error(
                        "SELECT SUBSTRING(label, 'x')",
                        "SUBSTRING counts in whole numbers but this is string; CAST it AS" + " BIGINT",
                        8),
                error("SELECT COALESCE(label, 1)", "string and long don't go together; CAST one of them", 8),
                error("SELECT COALESCE(price, price)", "a decimal can't be computed; CAST it AS DOUBLE", 8),
                error("SELECT NULL", "NULL has no type here; write CAST(NULL AS BIGINT) or another type", 8));
    }

    static Stream<Arguments> functions() {
        return Stream.of(
                error("SELECT LOWER(DISTINCT label)", "LOWER takes nothing but its arguments", 8),
                error("SELECT COUNT(*)", "COUNT" + EACH_ROW, 8),
                error("SELECT sum(width)", "SUM" + EACH_ROW, 8),
                error(
                        "SELECT LENGHT(label)",
                        "there is no function LENGHT, but " + FUNCTIONS + ". Did you mean 'LENGTH'?",
                        8),
                error("SELECT LOWER(label, label)", "LOWER takes 1 arguments but has 2", 8),
                error("SELECT ROUND()", "ROUND takes 1 or 2 arguments but has 0", 8),
                error(
                        "SELECT CAST(label AS MONEY)",
                        "there is no type MONEY to CAST to, but BOOLEAN, BIGINT, DOUBLE,"
                                + " STRING, DATE, TIMESTAMP, UUID, JSON",
                        22),
                error("SELECT CAST(ok AS DATE)", "boolean can't be CAST AS DATE", 8),
                error("SELECT label LIKE label", "the pattern of LIKE must be a text in quotes, as in 'c%'", 19),
                error(
                        "SELECT label LIKE 'a!' ESCAPE '!'",
                        "the escape character stands at the end, before nothing",
                        19),
                error("SELECT label LIKE 'a' ESCAPE 'xy'", "ESCAPE must be one character but was 'xy'", 14));
    }

    /** What the parser knows, and would be dropped without a word. */
    static Stream<Arguments> otherParts() {
        String all = "* takes all columns; name those that are wanted instead";
        String alias = "the name after AS is a word, or stands in double quotes";
        String parts = "a query is SELECT columns WHERE condition, and has no other parts";
        String path = "a path has no blanks, as in box.name and embedding[0]";
        return Stream.of(
                error("SELECT * EXCEPT (label)", all, 8),
                error("SELECT * EXCLUDE (label)", all, 8),
                error("SELECT * REPLACE (1 AS label)", all, 8),
                error("SELECT * AS x", all, 8),
                error("SELECT label AS 'x'", alias, 8),
                error("SELECT label AS b(c)", alias, 8),
                error("SELECT SKIP 1 label", parts, 1),
                error("SELECT FIRST 1 label", parts, 1),
                error("SELECT label WITH UR", parts, 1),
                error("SELECT label START WITH ok CONNECT BY ok", "START" + EACH_ROW, 14),
                error("SELECT label FINAL", "FINAL" + EACH_ROW, 14),
                error("SELECT from_x, 'FROM', \"FROM\" FROM t", "leave FROM out: the topic is the table", 31),
                error("SELECT ordering ORDER BY label", "ORDER" + EACH_ROW, 17),
                error("SELECT LOWER(label).x", "LOWER takes nothing but its arguments", 8),
                error("SELECT COALESCE(label, 'x') IGNORE NULLS", "COALESCE takes nothing but its arguments", 8),
                error("SELECT COUNT(DISTINCT label)", "COUNT" + EACH_ROW, 8),
                error("SELECT box.name(label)", "the name of a function is one word without quotes", 8),
                error("SELECT \"lower\"(label)", "the name of a function is one word without quotes", 8),
                error("SELECT \"box\" . name", path, 8),
                error("SELECT tags [0]", path, 8),
                error("SELECT label LIKE BINARY 'x'", "LIKE compares bytes as it is; leave BINARY out", 14),
                error(
                        "SELECT CAST(label AS DATE FORMAT 'x')",
                        "CAST has no FORMAT; texts of dates and times are ISO 8601",
                        8),
                error("SELECT 1e400", "the number is greater than any double", 8),
                error("SELECT label \\ 2", "SQL doesn't have this character", 14));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1+", "ok OR ", "ok AND ", "label||", "CASE WHEN ", "INTERVAL "})
    void noQueryIsTooDeepForTheThread(String part) {
        String sql = "SELECT " + part.repeat(60_000 / part.length()) + "1";

        assertThatThrownBy(() -> Query.parse(sql)).isInstanceOf(QueryException.class);
    }

    @ParameterizedTest
    @MethodSource({"otherParts", "texts", "expressions", "columns", "types", "functions"})
    void isRefusedWithTheReasonAndThePlace(String sql, String reason, int place) {
        assertThatThrownBy(() -> Query.parse(sql).bind(SampleRows.SCHEMA, UnknownColumns.REJECT))
                .isInstanceOf(QueryException.class)
                .hasMessageStartingWith("Cannot run query: " + reason + ", at character " + place + ":\n");
    }

    @Test
    void theMessageShowsThePlace() {
        assertThatThrownBy(() -> Query.parse("SELECT label\nWHERE label = = 'cat'"))
                .hasMessage("Cannot run query: it can't be read from '=' on" + NO_READ + ", at character 26:\n"
                        + "  SELECT label WHERE label = = 'cat'\n"
                        + "                           ^");
    }

    @Test
    void aLongQueryIsShownAroundThePlace() {
        String sql = "SELECT label" + " ".repeat(200) + "WHERE nothing = 1" + " ".repeat(200);

        assertThatThrownBy(() -> Query.parse(sql).bind(SampleRows.SCHEMA, UnknownColumns.REJECT))
                .hasMessageEndingWith(
                        "\n  " + " ".repeat(24) + "WHERE nothing = 1" + " ".repeat(29) + "\n  " + " ".repeat(30) + "^");
    }

    @Test
    void depthAndLengthAreBounded() {
        assertThatThrownBy(() -> Query.parse("SELECT " + "(".repeat(200) + "a" + ")".repeat(200)))
                .hasMessageStartingWith("Cannot run query: more than 100 brackets stand within each other");
        assertThatThrownBy(() -> Query.parse("SELECT 1" + "+1".repeat(2_000)))
                .hasMessageStartingWith("Cannot run query: more than 500 operators stand within each other");
        assertThatThrownBy(() -> Query.parse("SELECT '" + "x".repeat(70_000) + "'"))
                .hasMessageStartingWith("Cannot run query: it has more than 65536 characters");
        assertThat(Query.parse("SELECT 1" + "+1".repeat(450))).isNotNull();
    }

    private static Arguments error(String sql, String reason, int place) {
        return Arguments.of(sql, reason, place);
    }
}
