package io.rowlake.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowlake.batch.BatchMemory;
import io.rowlake.batch.Batches;
import io.rowlake.batch.ChangeBatch;
import io.rowlake.event.Column;
import io.rowlake.event.ColumnType.ListType;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.MalformedEventException;
import io.rowlake.event.MalformedEventsException;
import io.rowlake.event.Operation;
import io.rowlake.event.SourcePartition;
import io.rowlake.event.SourcePosition;
import io.rowlake.event.TableSchema;
import io.rowlake.query.Query.UnknownColumns;
import io.rowlake.query.RandomExpressions.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/** Queries at random agree with a naive evaluation of their expressions, row by row. */
final class QueryPropertiesTest {

    private static final int ROWS = 12;
    private static final int DEPTH = 3;
    private static final SourcePartition IMAGES = new SourcePartition("images", 0);
    private static final TableSchema SCHEMA = new TableSchema(
            List.of(
                    new Column("a", Scalar.LONG),
                    new Column("b", Scalar.LONG),
                    new Column("d", Scalar.DOUBLE),
                    new Column("s", Scalar.STRING),
                    new Column("t", Scalar.STRING),
                    new Column("f", Scalar.BOOLEAN),
                    new Column("l", new ListType(Scalar.LONG)),
                    new Column("j", Scalar.JSON)),
            List.of());

    @Property(tries = 400)
    void conditionsSelectTheRowsThatANaiveEvaluatorSelects(@ForAll long seed) {
        var random = new Random(seed);
        Node condition = new RandomExpressions(random).condition(DEPTH);
        List<@Nullable Object[]> rows = rows(random);

        List<Long> wanted = offsets(rows, condition, true);
        List<Long> failing = offsets(rows, condition, RandomExpressions.FAILURE);

        try (var memory = new BatchMemory();
                ChangeBatch batch = batch(memory, rows)) {
            assertThat(selected("SELECT a WHERE " + condition.sql(), batch))
                    .as(condition.sql())
                    .isEqualTo(failing.isEmpty() ? wanted : negative(failing));
        }
    }

    @Property(tries = 400)
    void selectedColumnsHaveTheValuesOfANaiveEvaluator(@ForAll long seed) {
        var random = new Random(seed);
        var expressions = new RandomExpressions(random);
        List<Node> nodes = List.of(
                expressions.whole(DEPTH),
                expressions.fraction(DEPTH),
                expressions.text(DEPTH),
                expressions.condition(2));
        List<@Nullable Object[]> rows = rows(random);

        for (Node node : nodes) {
            // Rows on which it fails are told in the other property; here it has a value on each.
            List<@Nullable Object[]> sound = rows.stream()
                    .filter(row ->
                            !RandomExpressions.FAILURE.equals(node.value().apply(row)))
                    .toList();
            if (!sound.isEmpty()) {
                assertSame(node, sound);
            }
        }
    }

    private static void assertSame(Node node, List<@Nullable Object[]> rows) {
        List<String> wanted = rows.stream()
                .map(row -> String.valueOf(node.value().apply(row)))
                .toList();
        try (var memory = new BatchMemory();
                ChangeBatch selected = bind("SELECT " + node.sql() + " AS x")
                        .apply(batch(memory, rows))
                        .orElseThrow()) {
            List<String> found = new ArrayList<>();
            for (int row = 0; row < selected.rows(); row++) {
                found.add(String.valueOf(selected.vector(0).getObject(row)));
            }
            assertThat(found).as(node.sql()).isEqualTo(wanted);
        }
    }

    private static BoundQuery bind(String sql) {
        return Query.parse(sql).bind(SCHEMA, UnknownColumns.REJECT);
    }

    /** The offsets of the rows, or those of the rows on which it fails as negative numbers. */
    private static List<Long> selected(String sql, ChangeBatch batch) {
        try {
            Optional<ChangeBatch> selected = bind(sql).apply(batch);
            List<Long> offsets = new ArrayList<>();
            selected.ifPresent(rows -> {
                try (rows) {
                    for (int row = 0; row < rows.rows(); row++) {
                        offsets.add(rows.offset(row));
                    }
                }
            });
            return offsets;
        } catch (MalformedEventsException e) {
            return negative(e.events().stream()
                    .map(MalformedEventException::position)
                    .map(SourcePosition::offset)
                    .toList());
        }
    }

    private static List<Long> negative(List<Long> offsets) {
        return offsets.stream().map(offset -> -1 - offset).toList();
    }

    private static List<Long> offsets(List<@Nullable Object[]> rows, Node node, Object wanted) {
        List<Long> offsets = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            if (wanted.equals(node.value().apply(rows.get(row)))) {
                offsets.add((long) row);
            }
        }
        return offsets;
    }

    private static List<@Nullable Object[]> rows(Random random) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            rows.add(new Object[] {
                oneOf(random, null, 0L, 1L, -3L, 640L, (1L << 53) + 1, Long.MIN_VALUE, Long.MAX_VALUE),
                oneOf(random, null, 0L, 1L, 2L, 7L, -1L),
                oneOf(random, null, 0.0, -0.0, 0.5, -2.0, 9007199254740992.0, Double.NaN, Double.NEGATIVE_INFINITY),
                oneOf(random, null, "", "a", "ab", " b ", "\u00F6\uD83D\uDE00", "12", "_%"),
                oneOf(random, null, "b", "B", "a b", "\uFFFD", "-5"),
                oneOf(random, null, true, false),
                oneOf(random, null, List.of(), List.of(1L), Arrays.asList(null, 7L, -1L)),
                oneOf(random, null, 1L, -7L, 9007199254740993L),
                oneOf(random, null, "a", "ab", "\u00F6\"\\\n")
            });
        }
        return rows;
    }

    private static @Nullable Object oneOf(Random random, @Nullable Object... values) {
        return values[random.nextInt(values.length)];
    }

    private static ChangeBatch batch(BatchMemory memory, List<@Nullable Object[]> rows) {
        Batches batch = Batches.of(memory, SCHEMA);
        for (int row = 0; row < rows.size(); row++) {
            Object[] cells = rows.get(row);
            @Nullable Object[] columns = Arrays.copyOf(cells, 8);
            columns[7] = json(cells[7], (String) cells[8]);
            batch.row(new SourcePosition(IMAGES, row), Operation.CREATE, columns);
        }
        return batch.build();
    }

    private static @Nullable String json(@Nullable Object number, @Nullable String text) {
        if (number == null && text == null) {
            return null;
        }
        String quoted = text == null
                ? "null"
                : "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
        return "{\"x\":" + quoted + ",\"n\":" + Objects.toString(number) + "}";
    }
}
