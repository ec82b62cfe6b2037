package io.rowlake.sink.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowlake.event.Column;
import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.DecimalType;
import io.rowlake.event.ColumnType.ListType;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.ColumnType.StructType;
import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePosition;
import io.rowlake.event.TableSchema;
import io.rowlake.sink.IncompatibleSchemaException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.data.Record;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A table follows the columns of its source while it is written. */
class EvolutionTest extends LakeTest {

    private static final Column LABEL = new Column("label", Scalar.STRING);

    private IcebergSink sink;
    private long next;

    @BeforeEach
    void openSink() {
        sink = opened(lake.sink(), IMAGES);
    }

    @Test
    void aNewColumnComesAtTheEndAndIsNullInOlderRows() {
        write(columns(ID), 1L);

        write(columns(LABEL, ID), "two", 2L);

        assertThat(rows()).containsExactly("id=1, label=null", "id=2, label=two");
    }

    @Test
    void numbersAreWidenedAndOlderRowsReadInTheWiderType() {
        write(columns(ID, column("n", Scalar.INT), column("f", Scalar.FLOAT), column("d", decimal(4))), row(1, "1.25"));

        write(
                columns(ID, column("n", Scalar.LONG), column("f", Scalar.DOUBLE), column("d", decimal(9))),
                row(2, "1234567.25"));

        assertThat(rows()).containsExactly("id=1, n=1, f=0.5, d=1.25", "id=2, n=2, f=0.5, d=1234567.25");
        assertThat(lake.table().schema().columns())
                .extracting(field -> field.type().toString())
                .containsExactly("long", "long", "double", "decimal(9, 2)");
    }

    @Test
    void aNarrowerColumnIsWrittenInTheTypeOfTheTable() {
        write(
                columns(ID, column("n", Scalar.LONG), column("f", Scalar.DOUBLE), column("d", decimal(9))),
                row(1, "1.25"));

        write(columns(ID, column("n", Scalar.INT), column("f", Scalar.FLOAT), column("d", decimal(4))), row(2, "1.25"));

        assertThat(rows()).containsExactly("id=1, n=1, f=0.5, d=1.25", "id=2, n=2, f=0.5, d=1.25");
        assertThat(lake.table().schemas()).hasSize(1);
    }

    @Test
    void aDroppedColumnStaysWithNullsAndGoesOnWhenItComesBack() {
        write(columns(ID, LABEL), 1L, "one");
        write(columns(ID), 2L);

        write(columns(ID, LABEL), 3L, "three");

        assertThat(rows()).containsExactly("id=1, label=one", "id=2, label=null", "id=3, label=three");
        assertThat(lake.table().schemas()).hasSize(1);
    }

    @Test
    void aDroppedColumnMayComeBackWider() {
        write(columns(ID, column("n", Scalar.INT)), 1L, 1);
        write(columns(ID), 2L);

        write(columns(ID, column("n", Scalar.LONG)), 3L, 1L << 40);

        assertThat(rows()).containsExactly("id=1, n=1", "id=2, n=null", "id=3, n=1099511627776");
    }

    @Test
    void aDroppedColumnCannotComeBackWithATypeThatDoesNotFit() {
        write(columns(ID, LABEL), 1L, "one");
        write(columns(ID), 2L);

        assertThatThrownBy(() -> sink.reconcile(columns(ID, column("label", Scalar.BOOLEAN))))
                .isInstanceOf(IncompatibleSchemaException.class)
                .hasMessage(
                        "Cannot append to table 'lake.images': column 'label' is boolean in the source and string in"
                                + " the table" + Lake.HINT
                                + ". Source schema: id: long, label: boolean. Table schema: id: long, label: string");
        write(columns(ID, LABEL), 3L, "three");

        assertThat(rows()).containsExactly("id=1, label=one", "id=2, label=null", "id=3, label=three");
    }

    @Test
    void theOrderOfTheSourceIsOfNoConsequence() {
        write(columns(ID, LABEL), 1L, "one");

        write(columns(LABEL, ID), "two", 2L);

        assertThat(rows()).containsExactly("id=1, label=one", "id=2, label=two");
        assertThat(lake.table().schemas()).hasSize(1);
    }

    @Test
    void structsGrowAtAnyDepthAndInsideLists() {
        write(columns(ID, nested(struct(column("x", Scalar.INT)))), 1L, List.of(List.of(List.of(1))));

        write(
                columns(ID, nested(struct(column("y", Scalar.STRING), column("x", Scalar.LONG)))),
                2L,
                List.of(List.of(List.of("b", 2L))));

        assertThat(rows()).containsExactly("id=1, s=Record([Record(1, null)])", "id=2, s=Record([Record(2, b)])");
    }

    @Test
    void elementsOfListsAreWidened() {
        write(columns(ID, column("l", new ListType(Scalar.INT))), 1L, List.of(1));

        write(columns(ID, column("l", new ListType(Scalar.LONG))), 2L, List.of(1L << 40));

        assertThat(rows()).containsExactly("id=1, l=[1]", "id=2, l=[1099511627776]");
    }

    @Test
    void docsOfTheTableAreLeftAlone() {
        write(columns(documented(ID, "from the source")), 1L);
        lake.table().updateSchema().updateColumnDoc("id", "from a user").commit();

        write(columns(documented(ID, "changed in the source"), documented(LABEL, "new")), 2L, "two");

        assertThat(lake.table().schema().columns())
                .extracting(field -> field.name() + ": " + field.doc())
                .containsExactly("id: from a user", "label: new");
    }

    @Test
    void oddNamesAreAddedAndWidened() {
        List<String> names = List.of("a.b", "c d", "\"quoted\"", "it's", "größe", "列", "1st", "a`b", " ", "a/b");
        var narrow = new ArrayList<>(List.of(ID));
        var wide = new ArrayList<>(List.of(ID));
        names.forEach(name -> narrow.add(column(name, Scalar.INT)));
        names.forEach(name -> wide.add(column(name, Scalar.LONG)));
        write(columns(ID), 0L);

        write(new TableSchema(narrow, List.of()), 1L, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2);
        write(new TableSchema(wide, List.of()), 2L, 3L, 3L, 3L, 3L, 3L, 3L, 3L, 3L, 3L, 3L);

        assertThat(lake.table().schema().columns())
                .extracting(field -> field.name())
                .containsAll(names);
        for (String name : names) {
            assertThat(lake.column(name)).as(name).containsExactlyInAnyOrder(null, 2L, 3L);
        }
    }

    @Test
    void columnsThatDifferOnlyInCaseAreRefused() {
        write(columns(ID, LABEL), 1L, "one");

        assertThatThrownBy(() -> sink.reconcile(columns(ID, column("Label", Scalar.STRING))))
                .isInstanceOf(IncompatibleSchemaException.class)
                .hasMessage(
                        "Cannot append to table 'lake.images': column 'Label' differs only in case from 'label', which"
                                + " the table has (rename one of the two). Source schema: id: long, Label: string. Table"
                                + " schema: id: long, label: string");
    }

    private static Object[] row(int id, String decimal) {
        return new Object[] {(long) id, id, 0.5, new BigDecimal(decimal)};
    }

    private void write(TableSchema schema, Object... row) {
        Lake.stage(memory, sink, schema, new SourcePosition(IMAGES, next), List.of(Arrays.asList(row)));
        next++;
        sink.commitAll(SourceOffsets.of(IMAGES, next));
    }

    /** By their id, the first column. */
    private List<String> rows() {
        return lake.records().stream().map(EvolutionTest::text).sorted().toList();
    }

    private static String text(Record row) {
        Map<String, ?> map = Lake.map(row);
        return map.toString().substring(1, map.toString().length() - 1);
    }

    private static TableSchema columns(Column... columns) {
        return new TableSchema(List.of(columns), List.of());
    }

    private static Column column(String name, ColumnType type) {
        return new Column(name, type);
    }

    private static Column documented(Column column, String doc) {
        return new Column(column.name(), column.type(), Optional.of(doc), Optional.empty());
    }

    private static Column nested(ColumnType element) {
        return column("s", struct(column("l", new ListType(element))));
    }

    private static ColumnType struct(Column... fields) {
        return new StructType(List.of(fields));
    }

    private static ColumnType decimal(int precision) {
        return new DecimalType(precision, 2);
    }
}
