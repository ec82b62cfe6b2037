package io.rowlake.sink.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowlake.event.Column;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePosition;
import io.rowlake.event.TableName;
import io.rowlake.event.TableSchema;
import io.rowlake.sink.ExistingTarget;
import io.rowlake.sink.ExistingTarget.Action;
import io.rowlake.sink.IncompatibleSchemaException;
import io.rowlake.sink.SinkException;
import io.rowlake.sink.TableSink;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tables that are there before the connector. */
class ExistingTableTest extends LakeTest {

    @ParameterizedTest
    @EnumSource(Action.class)
    void aTableThatIsNotThereIsMadeAndNotesItsMaker(Action action) {
        commit(opened(sink(action, "x"), IMAGES), IMAGES, 0);

        assertThat(lake.table().properties()).containsEntry("rowlake.connector", "x");
    }

    @ParameterizedTest
    @EnumSource(Action.class)
    void aRestartedConnectorGoesOnWithItsOwnTable(Action action) {
        commit(opened(sink(action, "x"), IMAGES), IMAGES, 0);

        TableSink restarted = opened(sink(action, "x"), IMAGES);
        commit(restarted, IMAGES, 1);

        assertThat(lake.column("id")).containsExactlyInAnyOrder(0L, 1L);
    }

    @ParameterizedTest
    @EnumSource(Action.class)
    void aRunWithoutANameGoesOnWithTheTableThatItMade(Action action) {
        TableSink sink = opened(sink(action, ""), IMAGES);
        commit(sink, IMAGES, 0);
        commit(sink, IMAGES, 1);

        assertThat(lake.column("id")).containsExactlyInAnyOrder(0L, 1L);
        assertThat(lake.table().properties()).doesNotContainKey("rowlake.connector");
    }

    @Test
    void theTableOfAnotherConnectorIsAnError() {
        commit(opened(sink(Action.ERROR, "y"), IMAGES), IMAGES, 0);

        assertThatThrownBy(() -> opened(sink(Action.ERROR, "x"), IMAGES))
                .isInstanceOf(SinkException.class)
                .hasMessage("Cannot write to table 'lake.images': it exists already and was made by connector 'y':"
                        + " set iceberg.if.exists=append to add to it, replace to put new rows in its place, or choose another"
                        + " table");
        assertThat(lake.column("id")).containsExactly(0L);
    }

    @Test
    void aTableOfUnknownOriginIsAnError() {
        commit(opened(sink(Action.ERROR, ""), IMAGES), IMAGES, 0);

        assertThatThrownBy(() -> opened(sink(Action.ERROR, "x"), IMAGES))
                .isInstanceOf(SinkException.class)
                .hasMessage("Cannot write to table 'lake.images': it exists already and was not made by connector 'x':"
                        + " set iceberg.if.exists=append to add to it, replace to put new rows in its place, or choose another"
                        + " table");
    }

    @Test
    void aRunWithoutANameTakesNoTableForItsOwn() {
        commit(opened(sink(Action.ERROR, ""), IMAGES), IMAGES, 0);

        assertThatThrownBy(() -> opened(sink(Action.ERROR, ""), IMAGES))
                .isInstanceOf(SinkException.class)
                .hasMessage("Cannot write to table 'lake.images': it exists already and was not made by this run:"
                        + " set iceberg.if.exists=append to add to it, replace to put new rows in its place, or choose another"
                        + " table");
    }

    @Test
    void aTableThatAppearsAfterTheStartIsAnErrorToo() {
        TableSink late = opened(sink(Action.ERROR, "x"), OTHERS);
        commit(opened(sink(Action.ERROR, "y"), IMAGES), IMAGES, 0);

        assertThatThrownBy(() -> stage(late, OTHERS, 0))
                .isInstanceOf(SinkException.class)
                .hasMessageStartingWith("Cannot write to table 'lake.images': it exists already and was made by");
        assertThat(lake.column("id")).containsExactly(0L);
    }

    @Test
    void theSecondTaskOfAConnectorFindsTheTableItsOwn() {
        TableSink one = opened(sink(Action.ERROR, "x"), IMAGES);
        TableSink other = opened(sink(Action.ERROR, "x"), OTHERS);

        commit(one, IMAGES, 0);
        commit(other, OTHERS, 7);

        assertThat(lake.column("id")).containsExactlyInAnyOrder(0L, 7L);
    }

    @Test
    void rowsAreAddedToTheTableOfAnotherConnector() {
        commit(opened(sink(Action.APPEND, "y"), IMAGES), IMAGES, 0);

        commit(opened(sink(Action.APPEND, "x"), OTHERS), OTHERS, 7);

        assertThat(lake.column("id")).containsExactlyInAnyOrder(0L, 7L);
        assertThat(lake.table().properties()).containsEntry("rowlake.connector", "y");
    }

    @Test
    void addingToAnIncompatibleTableShowsBothSchemas() {
        commit(opened(sink(Action.APPEND, "y"), IMAGES), IMAGES, 0);
        TableSink sink = opened(sink(Action.APPEND, "x"), OTHERS);
        var texts = new TableSchema(List.of(new Column("id", Scalar.STRING)), List.of());

        assertThatThrownBy(() -> Lake.stage(memory, sink, texts, new SourcePosition(OTHERS, 0), List.of(List.of("a"))))
                .isInstanceOf(IncompatibleSchemaException.class)
                .hasMessage(
                        "Cannot append to table 'lake.images': column 'id' is string in the source and long in the"
                                + " table%s. Source schema: id: string. Table schema: id: long",
                        Lake.HINT);
    }

    @Test
    void aBranchCannotBeReplaced() {
        assertThatThrownBy(() -> settings(Action.REPLACE, "x", Optional.of("audit")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("iceberg.if.exists must not be replace with a branch, but the branch is 'audit': only a"
                        + " whole table can be replaced");
    }

    private TableSink sink(Action action, String owner) {
        return lake.connectorSink(settings(action, owner, Optional.empty()));
    }

    private static IcebergSettings settings(Action action, String owner, Optional<String> branch) {
        return new IcebergSettings(
                TableName.parse(Lake.TABLE),
                PartitionTransforms.parse(""),
                branch,
                IcebergSettings.FORMAT_VERSION_DEFAULT,
                new ExistingTarget(action, owner, SourceOffsets.none()),
                IcebergSettings.COMMIT_TIMEOUT_DEFAULT);
    }
}
