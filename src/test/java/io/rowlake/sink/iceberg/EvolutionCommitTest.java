package io.rowlake.sink.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowlake.event.Column;
import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePartition;
import io.rowlake.event.SourcePosition;
import io.rowlake.event.TableName;
import io.rowlake.event.TableSchema;
import io.rowlake.sink.RetriableSinkException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** New columns, rows and offsets are one commit, and changes by others in between are met, not lost. */
class EvolutionCommitTest extends LakeTest {

    private static final Column LABEL = new Column("label", Scalar.STRING);
    private static final TableSchema LABELLED = new TableSchema(List.of(ID, LABEL), List.of());

    @Test
    void columnsRowsAndOffsetsAreOneMetadataVersion() {
        IcebergSink sink = created();
        int versions = versions();
        stage(sink, IMAGES, 1, LABELLED, 1L, "one");
        stage(sink, IMAGES, 2, with("score", Scalar.DOUBLE), 2L, 0.5);

        sink.commitAll(SourceOffsets.of(IMAGES, 3));

        TableMetadata now = metadata();
        assertThat(versions()).isEqualTo(versions + 1);
        assertThat(now.currentSnapshot().schemaId()).isEqualTo(now.currentSchemaId());
        assertThat(now.schema().columns()).extracting(Types.NestedField::name).containsExactly("id", "label", "score");
        assertThat(now.currentSnapshot().summary()).containsEntry("added-records", "2");
        assertThat(ledger()).isEqualTo(SourceOffsets.of(IMAGES, 3));
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultyCatalog.Fault.class,
            names = {"LOST_AND_UNKNOWN", "UNREACHABLE", "REFUSED"})
    void aCrashBeforeTheCommitLeavesNeitherColumnNorOffset(FaultyCatalog.Fault fault) {
        created();
        var catalog = new FaultyCatalog(lake.catalog());
        IcebergSink doomed = opened(impatient(catalog), IMAGES);
        int versions = versions();
        stage(doomed, IMAGES, 1, LABELLED, 1L, "one");
        catalog.failNextCommits(fault, fault, fault, fault, fault);

        assertThatThrownBy(() -> doomed.commitAll(SourceOffsets.of(IMAGES, 2)))
                .isInstanceOf(RetriableSinkException.class);

        assertThat(versions()).isEqualTo(versions);
        assertThat(lake.table().schema().findField("label")).isNull();
        assertThat(ledger()).isEqualTo(SourceOffsets.of(IMAGES, 1));
    }

    @Test
    void aChangeByOthersThatIsInNobodysWayIsKept() {
        IcebergSink sink = created();
        stage(sink, IMAGES, 1);
        change(update -> update.addColumn("theirs", Types.LongType.get()).updateColumnDoc("id", "theirs too"));

        sink.commitAll(SourceOffsets.of(IMAGES, 2));

        assertThat(lake.table().schema().columns())
                .extracting(field -> field.name() + ": " + field.doc())
                .containsExactly("id: theirs too", "theirs: null");
        assertThat(lake.column("id")).containsExactlyInAnyOrder(0L, 1L);
    }

    @Test
    void aColumnThatIsWidenedByOthersTakesTheNarrowerRowsThatAreStaged() {
        TableSchema ints = with("n", Scalar.INT);
        IcebergSink sink = opened(lake.sink(), IMAGES);
        write(sink, IMAGES, 0, ints, 0L, 1);
        stage(sink, IMAGES, 1, ints, 1L, 2);
        change(update -> update.updateColumn("n", Types.LongType.get()));

        sink.commitAll(SourceOffsets.of(IMAGES, 2));
        write(sink, IMAGES, 2, ints, 2L, 3);

        assertThat(lake.column("n")).containsExactlyInAnyOrder(1L, 2L, 3L);
    }

    @Test
    void aColumnThatOthersAddedWithAnotherTypeHasTheRowsReadAgain() {
        IcebergSink sink = created();
        stage(sink, IMAGES, 1, LABELLED, 1L, "one");
        change(update -> update.addColumn("label", Types.LongType.get()));

        assertThatThrownBy(() -> sink.commitAll(SourceOffsets.of(IMAGES, 2)))
                .isInstanceOf(RetriableSinkException.class)
                .hasMessage("Cannot write rows for table 'lake.images': its columns were changed after the rows were"
                        + " read; they are read again");
        assertThat(ledger()).isEqualTo(SourceOffsets.of(IMAGES, 1));
    }

    @Test
    void aNumberThatOthersAddedWithAnotherTypeIsWrittenInTheirs() {
        IcebergSink sink = created();
        TableSchema longs = with("n", Scalar.LONG);
        stage(sink, IMAGES, 1, longs, 1L, 7L);
        change(update -> update.addColumn("n", Types.DoubleType.get()));

        assertThatThrownBy(() -> sink.commitAll(SourceOffsets.of(IMAGES, 2)))
                .isInstanceOf(RetriableSinkException.class);
        sink.discard();
        opened(sink, IMAGES);
        write(sink, IMAGES, 1, longs, 1L, 7.0);

        assertThat(lake.column("n")).containsExactlyInAnyOrder(null, 7.0);
    }

    @Test
    void aColumnThatOthersDropComesBackAsANewOneWithoutTheOldValues() {
        IcebergSink sink = opened(lake.sink(), IMAGES);
        write(sink, IMAGES, 0, LABELLED, 0L, "old");
        int oldId = lake.table().schema().findField("label").fieldId();
        change(update -> update.deleteColumn("label"));

        write(sink, IMAGES, 1, LABELLED, 1L, "new");

        assertThat(lake.column("label")).containsExactlyInAnyOrder(null, "new");
        assertThat(lake.table().schema().findField("label").fieldId()).isGreaterThan(oldId);
    }

    @Test
    void aColumnThatOthersRenameStaysTheirsAndTheOldNameBeginsAnew() {
        IcebergSink sink = opened(lake.sink(), IMAGES);
        write(sink, IMAGES, 0, LABELLED, 0L, "old");
        change(update -> update.renameColumn("label", "title"));

        write(sink, IMAGES, 1, LABELLED, 1L, "new");

        assertThat(lake.column("title")).containsExactlyInAnyOrder("old", null);
        assertThat(lake.column("label")).containsExactlyInAnyOrder(null, "new");
    }

    @Test
    void aColumnThatOthersDropWhileRowsAreStagedHasThemReadAgain() {
        IcebergSink sink = opened(lake.sink(), IMAGES);
        write(sink, IMAGES, 0, LABELLED, 0L, "old");
        stage(sink, IMAGES, 1, LABELLED, 1L, "new");
        change(update -> update.deleteColumn("label"));

        assertThatThrownBy(() -> sink.commitAll(SourceOffsets.of(IMAGES, 2)))
                .isInstanceOf(RetriableSinkException.class)
                .hasMessage(
                        "Cannot commit to table 'lake.images': column 'label' was changed by somebody else meanwhile;"
                                + " the rows are read again");
        sink.discard();
        opened(sink, IMAGES);
        write(sink, IMAGES, 1, LABELLED, 1L, "new");

        assertThat(lake.column("label")).containsExactlyInAnyOrder(null, "new");
    }

    @Test
    void identifierFieldsAreWidenedAndMustCome() {
        IcebergSink sink = opened(lake.sink(), IMAGES);
        var ints = new TableSchema(List.of(new Column("id", Scalar.INT), LABEL), List.of());
        write(sink, IMAGES, 0, ints, 0, "old");
        lake.table()
                .updateSchema()
                .allowIncompatibleChanges()
                .requireColumn("id")
                .setIdentifierFields("id")
                .commit();
        opened(sink, IMAGES);

        write(sink, IMAGES, 1, LABELLED, 1L << 40, "new");

        assertThat(lake.column("id")).containsExactlyInAnyOrder(0L, 1L << 40);
        assertThat(lake.table().schema().identifierFieldNames()).containsExactly("id");
        assertThatThrownBy(() -> sink.reconcile(new TableSchema(List.of(LABEL), List.of())))
                .hasMessage(
                        "Cannot append to table 'lake.images': column 'id' is required in the table and missing in the"
                                + " source (make it optional in the table). Source schema: label: string. Table schema:"
                                + " id: long, label: string");
    }

    private IcebergSink created() {
        IcebergSink sink = opened(lake.sink(), IMAGES);
        commit(sink, IMAGES, 0);
        return sink;
    }

    private void change(Consumer<UpdateSchema> change) {
        UpdateSchema update = lake.table().updateSchema();
        change.accept(update);
        update.commit();
    }

    private int versions() {
        return metadata().previousFiles().size();
    }

    private TableMetadata metadata() {
        return ((BaseTable) lake.table()).operations().current();
    }

    private void write(IcebergSink sink, SourcePartition partition, long offset, TableSchema schema, Object... row) {
        stage(sink, partition, offset, schema, row);
        sink.commitAll(SourceOffsets.of(partition, offset + 1));
    }

    private void stage(IcebergSink sink, SourcePartition partition, long offset, TableSchema schema, Object... row) {
        Lake.stage(memory, sink, schema, new SourcePosition(partition, offset), List.of(Arrays.asList(row)));
    }

    private static TableSchema with(String name, ColumnType type) {
        return new TableSchema(List.of(ID, new Column(name, type)), List.of());
    }

    private static IcebergSink impatient(FaultyCatalog catalog) {
        return new IcebergSink(
                () -> catalog,
                new IcebergSettings(
                        TableName.parse(Lake.TABLE),
                        PartitionTransforms.parse(""),
                        Optional.empty(),
                        IcebergSettings.FORMAT_VERSION_DEFAULT,
                        Lake.APPEND,
                        Duration.ZERO),
                InstantSource.system());
    }
}
