package io.rowlake.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowlake.batch.BatchMemory;
import io.rowlake.batch.Batches;
import io.rowlake.batch.ChangeBatch;
import io.rowlake.event.Column;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.MalformedEventException;
import io.rowlake.event.MalformedEventsException;
import io.rowlake.event.Operation;
import io.rowlake.event.SourcePartition;
import io.rowlake.event.SourcePosition;
import io.rowlake.event.TableSchema;
import io.rowlake.query.Query.UnknownColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class BoundQueryTest {

    private static final SourcePartition IMAGES = new SourcePartition("images", 0);
    private static final TableSchema SIZES = new TableSchema(
            List.of(
                    new Column("label", Scalar.STRING, Optional.of("what it shows"), Optional.empty()),
                    new Column("width", Scalar.LONG),
                    new Column("meta", Scalar.JSON, Optional.empty(), Optional.of(Scalar.LONG))),
            List.of("label"));

    private final BatchMemory memory = new BatchMemory();

    @AfterEach
    void nothingIsLeaked() {
        memory.close();
    }

    static Stream<Arguments> outputColumns() {
        return Stream.of(
                Arguments.of("SELECT *", "label: string, width: long, meta: json; primary key: label"),
                Arguments.of("select * where width > 1", "label: string, width: long, meta: json; primary key: label"),
                Arguments.of("WHERE width > 1", "label: string, width: long, meta: json; primary key: label"),
                Arguments.of(
                        "SELECT *, width * 2 AS double",
                        "label: string, width: long, meta: json, double: long;" + " primary key: label"),
                Arguments.of("SELECT width", "width: long"),
                Arguments.of("SELECT label AS name, width", "name: string, width: long; primary key: name"),
                Arguments.of("SELECT LOWER(label) AS label", "label: string"),
                Arguments.of("SELECT width + 1, meta.tags[0], width", "col_0: long, meta_tags_0: json, width: long"),
                Arguments.of("SELECT width, width, width", "width: long, width_1: long, width_2: long"),
                Arguments.of("SELECT width, meta.x AS width", "width_1: long, width: json"),
                Arguments.of("SELECT width AS \"a \"\"b\"\" c\", meta AS `d.e`", "a \"b\" c: long, d.e: json"),
                Arguments.of("SELECT width w -- a comment\n/* and\nanother */ WHERE TRUE", "w: long"));
    }

    @ParameterizedTest
    @MethodSource("outputColumns")
    void theOutputHasTheColumnsOfTheSelectList(String sql, String schema) {
        assertThat(bind(sql).schema()).hasToString(schema);
    }

    @Test
    void aColumnKeepsWhatIsKnownOfIt() {
        List<Column> columns = bind("SELECT meta AS m, label AS l").schema().columns();

        assertThat(columns)
                .containsExactly(
                        new Column("m", Scalar.JSON, Optional.empty(), Optional.of(Scalar.LONG)),
                        new Column("l", Scalar.STRING, Optional.of("what it shows"), Optional.empty()));
    }

    @Test
    void rowsThatMatchKeepTheirOriginAndOrder() {
        ChangeBatch batch = batch("cat", 640L, "cow", 500L, null, 900L, "crow", 501L);

        try (ChangeBatch selected = bind("SELECT width WHERE width > 500 AND label LIKE 'c%'")
                .apply(batch)
                .orElseThrow()) {
            assertThat(rows(selected)).containsExactly("0: 640", "3: 501");
        }
    }

    @Test
    void aBatchOfWhichNoRowMatchesIsClosed() {
        Optional<ChangeBatch> selected = bind("WHERE width < 0").apply(batch("cat", 640L));

        assertThat(selected).isEmpty();
    }

    @Test
    void aColumnThatIsSelectedTwiceIsCopied() {
        try (ChangeBatch selected = bind("SELECT label, label AS again, width")
                .apply(batch("cat", 1L, "dog", 2L))
                .orElseThrow()) {
            assertThat(rows(selected)).containsExactly("0: cat, cat, 1", "1: dog, dog, 2");
        }
    }

    @Test
    void queriesAreUsedForManyBatchesOfAnyLength() {
        BoundQuery query = bind("SELECT label || '!' AS l, width + 1 AS w WHERE width IN (1, 3)");

        assertThat(applied(query, batch("a", 1L))).containsExactly("0: a!, 2");
        assertThat(applied(query, batch("b", 1L, "c", 2L, "d", 3L))).containsExactly("0: b!, 2", "2: d!, 4");
        assertThat(applied(query, batch("e", 3L, "f", null))).containsExactly("0: e!, 4");
    }

    @Test
    void deletesMatchAndNothingFailsOnThem() {
        ChangeBatch batch = Batches.of(memory, SIZES)
                .row(new SourcePosition(IMAGES, 0), Operation.DELETE, "cat", 0L, null)
                .row(new SourcePosition(IMAGES, 1), Operation.CREATE, "cow", 1L, null)
                .row(new SourcePosition(IMAGES, 2), Operation.TRUNCATE, null, null, null)
                .build();

        assertThat(applied(bind("SELECT label, 7 % width AS rest WHERE label = 'cow'"), batch))
                .containsExactly("0: cat, null", "1: cow, 0", "2: null, null");
    }

    @Test
    void aJsonNumberThatIsTooGreatToReadIsUnequalToOthers() {
        ChangeBatch batch = Batches.of(memory, SIZES)
                .row(new SourcePosition(IMAGES, 0), Operation.CREATE, "cat", 1L, "{\"n\":1e99999999999}")
                .build();

        assertThat(applied(bind("SELECT label WHERE meta.n <> 1"), batch)).containsExactly("0: cat");
    }

    @Test
    void everyRowOnWhichASelectedColumnFailsIsTold() {
        BoundQuery query = bind("SELECT label, 7 % width AS rest, 8 % width AS other WHERE label <> 'cat'");

        try (ChangeBatch batch = batch("cat", 0L, "cow", 0L, "dog", 7L, "owl", 0L)) {
            assertThatThrownBy(() -> query.apply(batch))
                    .isInstanceOfSatisfying(
                            MalformedEventsException.class,
                            bad -> assertThat(bad.events())
                                    .extracting(MalformedEventException::getMessage)
                                    .containsExactly(
                                            "Cannot decode event at images-0@1: column 'rest' of the query has no value: 7 % 0 has"
                                                    + " no result; write NULLIF(divisor, 0) to get null",
                                            "Cannot decode event at images-0@3: column 'rest' of the query has no value: 7 % 0 has"
                                                    + " no result; write NULLIF(divisor, 0) to get null"));
        }
    }

    @Test
    void everyRowOnWhichTheConditionFailsIsTold() {
        BoundQuery query = bind("SELECT label WHERE 7 % width = 0 OR label = 'cat'");

        try (ChangeBatch batch = batch("cat", 0L, "cow", 0L)) {
            assertThatThrownBy(() -> query.apply(batch))
                    .isInstanceOfSatisfying(
                            MalformedEventsException.class,
                            bad -> assertThat(bad.events())
                                    .extracting(MalformedEventException::getMessage)
                                    .containsExactly(
                                            "Cannot decode event at images-0@1: the condition of the query has no value:"
                                                    + " 7 % 0 has no result; write NULLIF(divisor, 0) to get null"));
        }
    }

    @Test
    void noMoreThanAThousandFailuresAreTold() {
        Object[] cells = new Object[2_400];
        for (int i = 0; i < cells.length; i += 2) {
            cells[i] = "x";
            cells[i + 1] = 0L;
        }

        try (ChangeBatch batch = batch(cells)) {
            assertThatThrownBy(() -> bind("SELECT 1 % width").apply(batch))
                    .isInstanceOfSatisfying(
                            MalformedEventsException.class,
                            bad -> assertThat(bad.events()).hasSize(1_000));
        }
    }

    @Test
    void columnsThatAreNotThereYetAreNull() {
        BoundQuery query = Query.parse(
                        "SELECT label, widht, COALESCE(score, 0) AS s, score + 1 AS t WHERE score IS NULL")
                .bind(SIZES, UnknownColumns.NULL);

        assertThat(query.schema()).hasToString("label: string, s: long, t: double; primary key: label");
        assertThat(query.unknownColumns())
                .containsExactly(
                        "'widht' (there are label, width, meta. Did you mean 'width'?)",
                        "'score' (there are label, width, meta)");
        assertThat(applied(query, batch("cat", 1L))).containsExactly("0: cat, 0, null");
    }

    @Test
    void queriesOfOneTextAreEqual() {
        Query query = Query.parse("SELECT label");

        assertThat(query).isEqualTo(Query.parse("SELECT label")).hasSameHashCodeAs(Query.parse("SELECT label"));
        assertThat(query).isNotEqualTo(Query.parse("SELECT  label")).hasToString("SELECT label");
        assertThat(query.text()).isEqualTo("SELECT label");
    }

    private static BoundQuery bind(String sql) {
        return Query.parse(sql).bind(SIZES, UnknownColumns.REJECT);
    }

    /** Labels and widths in turns. */
    private ChangeBatch batch(@Nullable Object... cells) {
        Batches rows = Batches.of(memory, SIZES);
        for (int i = 0; i < cells.length; i += 2) {
            rows.row(new SourcePosition(IMAGES, i / 2), Operation.CREATE, cells[i], cells[i + 1], null);
        }
        return rows.build();
    }

    private static List<String> applied(BoundQuery query, ChangeBatch batch) {
        try (ChangeBatch selected = query.apply(batch).orElseThrow()) {
            return rows(selected);
        }
    }

    /** As in {@code 0: cat, 640}, the offset and the cells. */
    private static List<String> rows(ChangeBatch batch) {
        List<String> rows = new ArrayList<>();
        for (int row = 0; row < batch.rows(); row++) {
            int at = row;
            List<String> cells = IntStream.range(0, batch.schema().columns().size())
                    .mapToObj(column -> String.valueOf(batch.vector(column).getObject(at)))
                    .toList();
            rows.add(batch.offset(row) + ": " + String.join(", ", cells));
        }
        return rows;
    }
}
