package io.rowlake.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowlake.event.ColumnType.DecimalType;
import io.rowlake.event.ColumnType.ListType;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.ColumnType.StructType;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TableSchemaTest {

    private static final Column LABEL = new Column("label", Scalar.STRING);
    private static final Column WIDTH = new Column("width", Scalar.LONG);

    @Test
    void printsColumnsAndKeyAsAUserWouldWriteThem() {
        var meta = new StructType(List.of(new Column("score", Scalar.DOUBLE)));
        var schema = new TableSchema(
                List.of(
                        LABEL,
                        new Column("embedding", new ListType(Scalar.FLOAT)),
                        new Column("price", new DecimalType(10, 2)),
                        new Column("meta", meta)),
                List.of("label"));

        assertThat(schema)
                .hasToString(
                        "label: string, embedding: list<float>, price: decimal(10, 2), meta: struct<score: double>;"
                                + " primary key: label");
    }

    @Test
    void columnsAreFoundByName() {
        var schema = new TableSchema(List.of(LABEL, WIDTH), List.of());

        assertThat(schema.indexOf("width")).isEqualTo(1);
        assertThat(schema.indexOf("height")).isEqualTo(-1);
        assertThat(schema.column("label")).contains(LABEL);
        assertThat(schema.column("height")).isEmpty();
        assertThat(schema).hasToString("label: string, width: long");
    }

    @Test
    void schemasAreComparedByColumnsAndKey() {
        var keyed = new TableSchema(List.of(LABEL, WIDTH), List.of("label"));

        assertThat(keyed).isEqualTo(new TableSchema(List.of(LABEL, WIDTH), List.of("label")));
        assertThat(keyed).hasSameHashCodeAs(new TableSchema(List.of(LABEL, WIDTH), List.of("label")));
        assertThat(keyed).isNotEqualTo(new TableSchema(List.of(LABEL, WIDTH), List.of()));
        assertThat(keyed).isNotEqualTo(new TableSchema(List.of(WIDTH, LABEL), List.of("label")));
    }

    @Test
    void namesMustBeDistinctAndPresent() {
        assertThatThrownBy(() -> new TableSchema(List.of(LABEL, LABEL), List.of()))
                .hasMessage("Column 'label' occurs twice");
        assertThatThrownBy(() -> new TableSchema(List.of(LABEL), List.of("id")))
                .hasMessage("Primary key column 'id' is none of the columns label: string");
        assertThatThrownBy(() -> new Column("", Scalar.INT)).hasMessage("Column name must not be empty");
        assertThatThrownBy(() -> new StructType(List.of(WIDTH, WIDTH))).hasMessage("Column 'width' occurs twice");
    }

    @Test
    void aStructKnowsItsFields() {
        var struct = new StructType(List.of(WIDTH));

        assertThat(struct.field("width")).contains(WIDTH);
        assertThat(struct.field("height")).isEmpty();
    }

    @Test
    void decimalsHaveAtMost38Digits() {
        assertThatThrownBy(() -> new DecimalType(39, 0)).hasMessage("precision must be 1 to 38 but was 39");
        assertThatThrownBy(() -> new DecimalType(0, 0)).hasMessage("precision must be 1 to 38 but was 0");
        assertThatThrownBy(() -> new DecimalType(5, 6)).hasMessage("scale must be 0 to the precision 5 but was 6");
        assertThatThrownBy(() -> new DecimalType(5, -1)).hasMessage("scale must be 0 to the precision 5 but was -1");
    }

    @Test
    void operationsHaveTheLettersOfTheEnvelope() {
        assertThat(Operation.of("c")).contains(Operation.CREATE);
        assertThat(Operation.of("t").map(Operation::letter)).contains('t');
        assertThat(Operation.of("x")).isEqualTo(Optional.empty());
        assertThat(Operation.of("cc")).isEmpty();
        assertThat(Operation.of("")).isEmpty();
        assertThat(List.of(Operation.values()).stream().filter(Operation::hasAfterImage))
                .containsExactly(Operation.CREATE, Operation.READ, Operation.UPDATE);
    }
}
