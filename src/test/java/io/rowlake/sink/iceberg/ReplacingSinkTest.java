package io.rowlake.sink.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowlake.event.Column;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePartition;
import io.rowlake.event.SourcePosition;
import io.rowlake.event.TableName;
import io.rowlake.event.TableSchema;
import io.rowlake.sink.CommitResult;
import io.rowlake.sink.ExistingTarget;
import io.rowlake.sink.ExistingTarget.Action;
import io.rowlake.sink.RetriableSinkException;
import io.rowlake.sink.TableSink;
import io.rowlake.sink.iceberg.FaultyCatalog.Fault;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.MetadataTableType;
import org.apache.iceberg.MetadataTableUtils;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableUtil;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A table of another connector, with a row of id 0, that connector x replaces. */
final class ReplacingSinkTest extends LakeTest {

    private static final TableSchema TEXTS = new TableSchema(List.of(new Column("id", Scalar.STRING)), List.of());
    private static final SourceOffsets UNTIL = SourceOffsets.of(Map.of(IMAGES, 2L, OTHERS, 1L));
    private static final TableIdentifier SIDE =
            TableAccess.identifier(SideTable.name(TableName.parse(Lake.TABLE), "x"));

    @BeforeEach
    void anotherConnectorsTableIsThere() {
        IcebergSink other = opened(lake.sink(settings(Action.ERROR, "y", UNTIL, "")), IMAGES);
        commit(other, IMAGES, 0);
    }

    @Test
    void newRowsTakeThePlaceOfTheOldOnceAllPartitionsHaveComeFarEnough() {
        Table before = lake.table();
        TableSink sink = opened(replacing(), IMAGES, OTHERS);

        commitText(sink, IMAGES, 0, "a");
        commitText(sink, IMAGES, 1, "b");
        assertThat(lake.column("id")).containsExactly(0L);
        assertThat(versions()).isEqualTo(versions(before));
        commitText(sink, OTHERS, 0, "c");

        assertThat(lake.column("id")).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(ledger()).isEqualTo(UNTIL);
        assertThat(versions()).isEqualTo(versions(before) + 1);
        assertThat(Lake.records(IcebergGenerics.read(lake.table())
                        .useSnapshot(before.currentSnapshot().snapshotId())))
                .hasSize(1);
        assertThat(tables()).containsExactly("images");
        assertThat(lake.table().properties()).containsEntry("rowlake.connector", "x");
    }

    @Test
    void rowsThatComeLaterGoToTheTableItself() {
        TableSink sink = replaced();

        commitText(sink, IMAGES, 2, "d");
        commitText(opened(replacing(), OTHERS), OTHERS, 1, "e");

        assertThat(lake.column("id")).containsExactlyInAnyOrder("a", "b", "c", "d", "e");
        assertThat(tables()).containsExactly("images");
    }

    @Test
    void aRestartGoesOnWithWhatHasGathered() {
        commitText(opened(replacing(), IMAGES, OTHERS), IMAGES, 0, "a");
        SourceOffsets later = SourceOffsets.of(Map.of(IMAGES, 90L, OTHERS, 90L));

        TableSink restarted = lake.connectorSink(settings(Action.REPLACE, "x", later, ""));
        assertThat(restarted.open(Set.of(IMAGES, OTHERS))).isEqualTo(SourceOffsets.of(IMAGES, 1));
        opened(restarted, IMAGES, OTHERS);
        commitText(restarted, IMAGES, 1, "b");
        commitText(restarted, OTHERS, 0, "c");

        assertThat(lake.column("id")).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void partitionsOfWhichNoRowIsWrittenCountAsWell() {
        TableSink sink = opened(replacing(), IMAGES, OTHERS);

        commitText(sink, IMAGES, 0, "a");
        CommitResult result = sink.commitAll(UNTIL);

        assertThat(result.committed()).isEqualTo(UNTIL);
        assertThat(lake.column("id")).containsExactly("a");
        assertThat(ledger()).isEqualTo(UNTIL);
    }

    @Test
    void nothingIsSaidToBeCommittedBeforeThereIsARow() {
        TableSink sink = opened(replacing(), IMAGES, OTHERS);

        CommitResult result = sink.commitAll(UNTIL);

        assertThat(result.committed()).isEqualTo(SourceOffsets.none());
        assertThat(lake.column("id")).containsExactly(0L);
        assertThat(tables()).containsExactly("images");
    }

    @Test
    void whereThereIsNothingToWaitForTheFirstRowsDecide() {
        TableSink sink = opened(lake.connectorSink(settings(Action.REPLACE, "x", SourceOffsets.none(), "")), IMAGES);

        commitText(sink, IMAGES, 0, "a");

        assertThat(lake.column("id")).containsExactly("a");
    }

    @Test
    void theLastOfTwoTasksReplacesAndTheOtherGoesOnWithTheTable() {
        TableSink one = opened(replacing(), IMAGES);
        TableSink other = opened(replacing(), OTHERS);
        commitText(one, IMAGES, 0, "a");
        commitText(one, IMAGES, 1, "b");

        commitText(other, OTHERS, 0, "c");
        assertThatThrownBy(() -> stageText(one, IMAGES, 2, "late")).isInstanceOf(RetriableSinkException.class);
        one.discard();

        assertThat(one.open(Set.of(IMAGES))).isEqualTo(SourceOffsets.of(IMAGES, 2));
        commitText(one, IMAGES, 2, "late");
        assertThat(lake.column("id")).containsExactlyInAnyOrder("a", "b", "c", "late");
        assertThat(tables()).containsExactly("images");
    }

    @Test
    void rowsThatWereStagedBesideAreReadAgainAfterAnotherTaskHasReplaced() {
        TableSink one = opened(replacing(), IMAGES);
        TableSink other = opened(replacing(), OTHERS);
        commitText(one, IMAGES, 0, "a");
        commitText(one, IMAGES, 1, "b");
        stageText(one, IMAGES, 2, "late");

        commitText(other, OTHERS, 0, "c");

        assertThat(one.commitAll(SourceOffsets.of(IMAGES, 3)).overtaken()).containsExactly(IMAGES);
        assertThat(lake.column("id")).containsExactlyInAnyOrder("a", "b", "c");
        commitText(one, IMAGES, 2, "late");
        assertThat(lake.column("id")).containsExactlyInAnyOrder("a", "b", "c", "late");
    }

    @Test
    void aTaskThatNeverWroteBesideMakesNoSecondReplacement() {
        SourceOffsets until = SourceOffsets.of(IMAGES, 1);
        TableSink idle = opened(lake.connectorSink(settings(Action.REPLACE, "x", until, "")), OTHERS);
        TableSink busy = opened(lake.connectorSink(settings(Action.REPLACE, "x", until, "")), IMAGES);
        commitText(busy, IMAGES, 0, "a");

        assertThatThrownBy(() -> stageText(idle, OTHERS, 0, "b")).isInstanceOf(RetriableSinkException.class);
        idle.discard();
        idle.open(Set.of(OTHERS));
        commitText(idle, OTHERS, 0, "b");

        assertThat(lake.column("id")).containsExactlyInAnyOrder("a", "b");
        assertThat(tables()).containsExactly("images");
    }

    @Test
    void aCrashAfterTheSealIsMendedByTheNextTask() {
        gatherWithoutReplacing();
        SideTable.seal(lake.catalog().loadTable(SIDE));

        assertThat(replacing().open(Set.of(IMAGES, OTHERS))).isEqualTo(UNTIL);
        assertThat(lake.column("id")).containsExactlyInAnyOrder("a", "b");
        assertThat(tables()).containsExactly("images");
    }

    @Test
    void aCrashBetweenSwapAndDropIsMendedByTheNextTask() {
        gatherWithoutReplacing();
        SideTable.seal(lake.catalog().loadTable(SIDE));
        new Swap(lake.catalog().loadTable(SIDE), "x").into(lake.table());

        assertThat(replacing().open(Set.of(IMAGES, OTHERS))).isEqualTo(UNTIL);
        assertThat(lake.column("id")).containsExactlyInAnyOrder("a", "b");
        assertThat(tables()).containsExactly("images");
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void aFaultOfAnyCommitOfTheReplacementLosesNothing(Fault fault) {
        for (int sound = 0; sound < 2; sound++) {
            var faulty = new FaultyCatalog(lake.catalog());
            var sink = new ReplacingSink(
                    () -> faulty,
                    settings(Action.REPLACE, "x" + sound, SourceOffsets.of(IMAGES, 1), ""),
                    own -> new TableCommitter(own.branch()),
                    InstantSource.system());
            opened(sink, IMAGES);
            stageText(sink, IMAGES, 0, "a" + sound);
            // The commit of the rows goes through; then the seal, or the swap, fails.
            faulty.failAfter(1 + sound, fault);

            try {
                sink.commitAll(SourceOffsets.of(IMAGES, 1));
            } catch (RetriableSinkException e) {
                sink.discard();
                assertThat(sink.open(Set.of(IMAGES))).isEqualTo(SourceOffsets.of(IMAGES, 1));
            }

            assertThat(lake.column("id")).containsExactly("a" + sound);
            assertThat(tables()).containsExactly("images");
        }
    }

    @Test
    void aRunWithoutANameBeginsAnewAndReplacesAgain() {
        SourceOffsets until = SourceOffsets.of(IMAGES, 2);
        commitText(opened(nameless(until), IMAGES), IMAGES, 0, "left over");
        assertThat(tables()).hasSize(2);

        for (String text : List.of("a", "b")) {
            TableSink run = nameless(until);
            assertThat(run.open(Set.of(IMAGES))).isEqualTo(SourceOffsets.none());
            opened(run, IMAGES);
            commitText(run, IMAGES, 0, text);
            commitText(run, IMAGES, 1, text);
            commitText(run, IMAGES, 2, text);

            assertThat(lake.column("id")).containsExactly(text, text, text);
            assertThat(tables()).containsExactly("images");
        }
        assertThat(lake.table().properties()).doesNotContainKey("rowlake.connector");
        assertThat(lake.parquetFilesOnDisk()).hasSize(7);
    }

    private TableSink nameless(SourceOffsets until) {
        return lake.connectorSink(settings(Action.REPLACE, "", until, ""));
    }

    @Test
    void whatGatheredForATableThatIsGoneIsDropped() {
        commitText(opened(replacing(), IMAGES, OTHERS), IMAGES, 0, "a");
        lake.catalog().dropTable(TableIdentifier.parse(Lake.TABLE), true);
        commit(opened(lake.sink(settings(Action.ERROR, "z", UNTIL, "")), IMAGES), IMAGES, 0);

        TableSink anew = replacing();

        assertThat(anew.open(Set.of(IMAGES, OTHERS))).isEqualTo(SourceOffsets.none());
        assertThat(tables()).containsExactly("images");
        assertThat(lake.column("id")).containsExactly(0L);
    }

    @Test
    void partitionsOfTheNewRowsReplaceThoseOfTheOld() {
        lake.catalog().dropTable(TableIdentifier.parse(Lake.TABLE), true);
        commit(opened(lake.sink(settings(Action.ERROR, "y", UNTIL, "bucket(4, id)")), IMAGES), IMAGES, 0);
        TableSink sink = opened(
                lake.connectorSink(settings(Action.REPLACE, "x", SourceOffsets.of(IMAGES, 1), "truncate(1, id), id")),
                IMAGES);

        commitText(sink, IMAGES, 0, "abc");
        commitText(sink, IMAGES, 1, "bcd");

        assertThat(lake.column("id")).containsExactlyInAnyOrder("abc", "bcd");
        assertThat(lake.table().spec().fields()).hasSize(2);
        assertThat(lake.dataFiles().stream().map(file -> file.partition().get(0, String.class)))
                .containsExactlyInAnyOrder("a", "b");
        Table files = MetadataTableUtils.createMetadataTableInstance(lake.table(), MetadataTableType.ALL_DATA_FILES);
        assertThat(files.schema().findField("partition")).isNotNull();
        assertThat(files.newScan().planFiles()).isNotEmpty();
    }

    @Test
    void aTableOfAnOlderFormatIsRaisedToThatOfTheNewRows() {
        IcebergSettings three = new IcebergSettings(
                TableName.parse(Lake.TABLE),
                PartitionTransforms.parse(""),
                Optional.empty(),
                3,
                new ExistingTarget(Action.REPLACE, "x", SourceOffsets.of(IMAGES, 1)),
                IcebergSettings.COMMIT_TIMEOUT_DEFAULT);

        commitText(opened(lake.connectorSink(three), IMAGES), IMAGES, 0, "a");

        assertThat(TableUtil.formatVersion(lake.table())).isEqualTo(3);
        assertThat(lake.column("id")).containsExactly("a");
    }

    @Test
    void aForeignCommitToTheOldTableIsReplacedAsWell() {
        commitText(opened(replacing(), IMAGES), IMAGES, 0, "a");
        lake.foreignCommit();

        TableSink sink = opened(replacing(), IMAGES, OTHERS);
        commitText(sink, IMAGES, 1, "b");
        commitText(sink, OTHERS, 0, "c");

        assertThat(lake.column("id")).containsExactlyInAnyOrder("a", "b", "c");
    }

    /** All that the replacement waits for, but by a sink that doesn't know of it, as if the task had died then. */
    private void gatherWithoutReplacing() {
        commitText(opened(replacing(), IMAGES), IMAGES, 0, "a");
        IcebergSink beside =
                opened(lake.sink(IcebergSettings.defaults(TableName.parse(SIDE.toString()))), IMAGES, OTHERS);
        stageText(beside, IMAGES, 1, "b");
        beside.commitAll(UNTIL);
    }

    private TableSink replaced() {
        TableSink sink = opened(replacing(), IMAGES, OTHERS);
        commitText(sink, IMAGES, 0, "a");
        commitText(sink, IMAGES, 1, "b");
        commitText(sink, OTHERS, 0, "c");
        return sink;
    }

    private TableSink replacing() {
        return lake.connectorSink(settings(Action.REPLACE, "x", UNTIL, ""));
    }

    private static IcebergSettings settings(Action action, String owner, SourceOffsets until, String partitions) {
        return new IcebergSettings(
                TableName.parse(Lake.TABLE),
                PartitionTransforms.parse(partitions),
                Optional.empty(),
                IcebergSettings.FORMAT_VERSION_DEFAULT,
                new ExistingTarget(action, owner, until),
                IcebergSettings.COMMIT_TIMEOUT_DEFAULT);
    }

    private void stageText(TableSink sink, SourcePartition partition, long offset, String text) {
        Lake.stage(memory, sink, TEXTS, new SourcePosition(partition, offset), List.of(List.of(text)));
    }

    private void commitText(TableSink sink, SourcePartition partition, long offset, String text) {
        stageText(sink, partition, offset, text);
        assertThat(sink.commitAll(SourceOffsets.of(partition, offset + 1)).overtaken())
                .isEmpty();
    }

    private List<String> tables() {
        return lake.catalog().listTables(Namespace.of("lake")).stream()
                .map(TableIdentifier::name)
                .toList();
    }

    private int versions() {
        return versions(lake.table());
    }

    private static int versions(Table table) {
        return ((HasTableOperations) table)
                .operations()
                .current()
                .previousFiles()
                .size();
    }
}
