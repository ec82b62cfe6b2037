package io.rowlake.sink.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.rowlake.event.Column;
import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.DecimalType;
import io.rowlake.event.ColumnType.ListType;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.ColumnType.StructType;
import io.rowlake.event.TableSchema;
import io.rowlake.sink.IncompatibleSchemaException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.LongType;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of a table's columns and a source's, as data: table, source, then rows' columns and changes, or a message. */
class ReconciliationTest {

    private static final List<String> NO_CHANGE = List.of();

    static Stream<Arguments> pairsThatGoTogether() {
        return Stream.of(
                arguments("the same", t("a", Scalar.LONG), t("a", Scalar.LONG), "a: long", NO_CHANGE),
                arguments("added", t("a", Scalar.LONG), t("b", Scalar.STRING), "b: string", List.of("add b string")),
                arguments("dropped", t("a", Scalar.LONG, "b", Scalar.INT), t("a", Scalar.LONG), "a: long", NO_CHANGE),
                arguments(
                        "reordered",
                        t("a", Scalar.LONG, "b", Scalar.INT),
                        t("b", Scalar.INT, "a", Scalar.LONG),
                        "b: int, a: long",
                        NO_CHANGE),
                arguments(
                        "times of another unit",
                        t("a", Scalar.TIMESTAMP),
                        t("a", Scalar.TIMESTAMP_NANO),
                        "a: timestamp",
                        NO_CHANGE),
                arguments("json", t("a", Scalar.STRING), t("a", Scalar.JSON), "a: json", NO_CHANGE),
                arguments(
                        "a dot in a name",
                        t("a", struct(t("b", Scalar.INT))),
                        t("a.b", Scalar.LONG),
                        "a.b: long",
                        List.of("add a.b long")));
    }

    static Stream<Arguments> numbers() {
        return Stream.of(
                arguments(Scalar.INT, Scalar.LONG, "long", List.of("widen a long")),
                arguments(Scalar.FLOAT, Scalar.DOUBLE, "double", List.of("widen a double")),
                arguments(decimal(4, 2), decimal(9, 2), "decimal(9, 2)", List.of("widen a decimal(9, 2)")),
                arguments(Scalar.LONG, Scalar.INT, "long", NO_CHANGE),
                arguments(Scalar.DOUBLE, Scalar.FLOAT, "double", NO_CHANGE),
                arguments(decimal(9, 2), decimal(4, 2), "decimal(9, 2)", NO_CHANGE),
                arguments(decimal(9, 2), decimal(9, 4), "decimal(9, 2)", NO_CHANGE),
                arguments(Scalar.DOUBLE, Scalar.INT, "double", NO_CHANGE),
                arguments(Scalar.DOUBLE, Scalar.LONG, "double", NO_CHANGE),
                arguments(decimal(9, 2), Scalar.INT, "decimal(9, 2)", NO_CHANGE),
                arguments(Scalar.LONG, Scalar.DOUBLE, "long", NO_CHANGE),
                arguments(Scalar.INT, decimal(9, 2), "int", NO_CHANGE));
    }

    static Stream<Arguments> nested() {
        return Stream.of(
                arguments(
                        struct(t("x", Scalar.INT)),
                        struct(t("y", Scalar.STRING, "x", Scalar.LONG)),
                        "struct<y: string, x: long>",
                        List.of("add a.y string", "widen a.x long")),
                arguments(
                        struct(t("s", struct(t("x", Scalar.INT)))),
                        struct(t("s", struct(t("z", Scalar.INT)))),
                        "struct<s: struct<z: int>>",
                        List.of("add a.s.z int")),
                arguments(
                        new ListType(Scalar.INT),
                        new ListType(Scalar.LONG),
                        "list<long>",
                        List.of("widen a.element long")),
                arguments(
                        new ListType(struct(t("x", Scalar.INT))),
                        new ListType(struct(t("y", Scalar.INT))),
                        "list<struct<y: int>>",
                        List.of("add a.element.y int")),
                arguments(
                        new ListType(new ListType(Scalar.DOUBLE)),
                        new ListType(new ListType(Scalar.INT)),
                        "list<list<double>>",
                        NO_CHANGE));
    }

    static Stream<Arguments> pairsThatDoNot() {
        return Stream.of(
                arguments(
                        t("a", Scalar.LONG),
                        t("a", Scalar.STRING),
                        "column 'a' is string in the source and long in the table" + Lake.HINT),
                arguments(
                        t("a", Scalar.STRING),
                        t("a", Scalar.LONG),
                        "column 'a' is long in the source and string in the table" + Lake.HINT),
                arguments(
                        t("a", struct(t("x", Scalar.LONG))),
                        t("a", struct(t("x", Scalar.BOOLEAN))),
                        "column 'a.x' is boolean in the source and long in the table" + Lake.HINT),
                arguments(
                        t("a", new ListType(Scalar.DATE)),
                        t("a", new ListType(Scalar.UUID)),
                        "column 'a.element' is uuid in the source and date in the table" + Lake.HINT),
                arguments(
                        t("a", Scalar.LONG, "b", Scalar.DATE),
                        t("a", Scalar.BOOLEAN, "b", Scalar.LONG),
                        "column 'a' is boolean in the source and long in the table" + Lake.HINT
                                + "; column 'b' is long in the source and date in the table" + Lake.HINT),
                arguments(
                        t("Label", Scalar.LONG),
                        t("label", Scalar.LONG),
                        "column 'label' differs only in case from 'Label', which the table has (rename one of the two)"),
                arguments(
                        t("a", Scalar.LONG),
                        t("s", struct(new TableSchema(List.of(), List.of()))),
                        "column 's' is a struct without fields, which no file can hold; it has to be given another type,"
                                + " such as json"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pairsThatGoTogether")
    void columnsGoTogether(String what, TableSchema table, TableSchema source, String columns, List<String> changes) {
        assertThat(what).isNotEmpty();
        assertOutcome(table, source, columns, changes);
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void theWiderOfTwoNumbersWinsAndElseTheTable(
            ColumnType table, ColumnType source, String column, List<String> changes) {
        assertOutcome(t("a", table), t("a", source), "a: " + column, changes);
    }

    @ParameterizedTest
    @MethodSource("nested")
    void whatIsNestedIsComparedPlaceByPlace(ColumnType table, ColumnType source, String column, List<String> changes) {
        assertOutcome(t("a", table), t("a", source), "a: " + column, changes);
    }

    @ParameterizedTest
    @MethodSource("pairsThatDoNot")
    void columnsThatDoNotGoTogetherAreNamedWithBothTypes(TableSchema table, TableSchema source, String reason) {
        assertThatThrownBy(() -> Reconciliation.of("lake.t", SchemaMapping.schema(table), source))
                .isInstanceOf(IncompatibleSchemaException.class)
                .hasMessage("Cannot append to table 'lake.t': " + reason + ". Source schema: " + source
                        + ". Table schema: " + SchemaMapping.columns(SchemaMapping.schema(table)));
    }

    @Test
    void fieldsThatDifferOnlyInCaseAreRefusedAtAnyDepth() {
        TableSchema source =
                t("s", new ListType(struct(t("x", Scalar.LONG, "y", struct(t("a", Scalar.INT, "A", Scalar.INT))))));

        assertThatThrownBy(() -> Reconciliation.requireStorable("lake.t", source))
                .isInstanceOf(IncompatibleSchemaException.class)
                .hasMessage("Cannot write to table 'lake.t': columns 's.element.y.a' and 's.element.y.A' differ only in"
                        + " case");
    }

    @Test
    void whatTheTableRequiresHasToCome() {
        var table = new Schema(
                NestedField.required(1, "a", LongType.get()),
                NestedField.optional(2, "s", Types.StructType.of(NestedField.required(3, "x", LongType.get()))));

        assertThatThrownBy(() -> Reconciliation.of("lake.t", table, t("s", struct(t("y", Scalar.LONG)))))
                .isInstanceOf(IncompatibleSchemaException.class)
                .hasMessage("Cannot append to table 'lake.t': column 's.x' is required in the table and missing in the"
                        + " source (make it optional in the table); column 'a' is required in the table and missing in"
                        + " the source (make it optional in the table). Source schema: s: struct<y: long>. Table schema:"
                        + " a: long, s: struct<x: long>");
    }

    private static void assertOutcome(TableSchema table, TableSchema source, String columns, List<String> changes) {
        Reconciliation.Outcome outcome = Reconciliation.of("lake.t", SchemaMapping.schema(table), source);

        assertThat(outcome.target()).hasToString(columns);
        assertThat(outcome.changes()).extracting(ReconciliationTest::text).isEqualTo(changes);
    }

    private static String text(SchemaChange change) {
        if (change instanceof SchemaChange.Add add) {
            String path = add.parent() == null ? add.name() : add.parent() + "." + add.name();
            return "add " + path + " " + add.type();
        }
        var widen = (SchemaChange.Widen) change;
        return "widen " + widen.path() + " " + widen.type();
    }

    private static TableSchema t(Object... namesAndTypes) {
        return new TableSchema(
                IntStream.range(0, namesAndTypes.length / 2)
                        .mapToObj(i -> new Column((String) namesAndTypes[2 * i], (ColumnType) namesAndTypes[2 * i + 1]))
                        .toList(),
                List.of());
    }

    private static ColumnType struct(TableSchema fields) {
        return new StructType(fields.columns());
    }

    private static ColumnType decimal(int precision, int scale) {
        return new DecimalType(precision, scale);
    }
}
