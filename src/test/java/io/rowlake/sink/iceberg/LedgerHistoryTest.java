package io.rowlake.sink.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePartition;
import io.rowlake.sink.CommitResult;
import io.rowlake.sink.SinkException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.junit.jupiter.api.Test;

/** What becomes of the ledger when others roll back, expire and compact. */
final class LedgerHistoryTest extends LakeTest {

    @Test
    void aRollbackToBeforeTheFirstCommitTakesTheLedgerToWhereItBegan() {
        long foreign = foreignStart();
        IcebergSink sink = opened(lake.sink(), IMAGES);
        commit(sink, IMAGES, 7);
        commit(sink, IMAGES, 8);

        lake.table().manageSnapshots().rollbackTo(foreign).commit();

        assertThat(ledger()).isEqualTo(SourceOffsets.of(IMAGES, 7));
        stage(sink, IMAGES, 9);
        assertThat(sink.commitAll(SourceOffsets.of(IMAGES, 10)))
                .isEqualTo(new CommitResult(SourceOffsets.of(IMAGES, 7), Set.of(IMAGES), 0));
    }

    @Test
    void aPartitionThatTheRollbackForgetsIsReadAgainFromWhereItBegan() {
        commit(opened(lake.sink(), IMAGES), IMAGES, 0);
        long first = newest();
        commit(opened(lake.sink(), OTHERS), OTHERS, 5);

        lake.table().manageSnapshots().rollbackTo(first).commit();

        assertThat(ledger()).isEqualTo(SourceOffsets.of(Map.of(IMAGES, 1L, OTHERS, 5L)));
    }

    @Test
    void aPartitionWithoutRowsBeginsWhereItsFirstCommitEnds() {
        IcebergSink sink = opened(lake.sink(), IMAGES, OTHERS);
        stage(sink, IMAGES, 3);
        sink.commitAll(SourceOffsets.of(Map.of(IMAGES, 4L, OTHERS, 6L)));

        assertThat(lake.table().properties()).containsEntry("rowlake.offsets.begin", "{\"images\":{\"0\":3,\"1\":6}}");
    }

    @Test
    void theFloorDoesNotHideARollback() {
        IcebergSink sink = opened(lake.sink(), IMAGES);
        commit(sink, IMAGES, 0);
        lake.foreignCommit();
        long foreign = newest();
        commit(sink, IMAGES, 1);

        lake.table().manageSnapshots().rollbackTo(foreign).commit();
        expireAllButTheNewest();

        assertThatThrownBy(() -> lake.sink().open(Set.of(IMAGES)))
                .isInstanceOf(SinkException.class)
                .hasMessage(
                        "Cannot tell how far table 'rowlake.lake.images' has taken its topics: it was rolled back to"
                                + " before its latest offsets were recorded, and the snapshots that recorded earlier ones have"
                                + " expired. Set the table property rowlake.offsets.floor to the offsets to go on from, as in"
                                + " {\"images\":{\"0\":17}}, and remove the property rowlake.floor.sequence");
    }

    @Test
    void offsetsThatAPersonSetsAreGoneOnFrom() {
        theFloorDoesNotHideARollback();

        lake.table()
                .updateProperties()
                .set("rowlake.offsets.floor", "{\"images\":{\"0\":1}}")
                .remove("rowlake.floor.sequence")
                .commit();
        commit(opened(lake.sink(), IMAGES), IMAGES, 1);

        assertThat(ledger()).isEqualTo(SourceOffsets.of(IMAGES, 2));
    }

    @Test
    void aRollbackToBeforeTheFirstCommitIsKnownThoughWhatWasBeforeHasExpired() {
        foreignStart();
        lake.foreignCommit();
        long foreign = newest();
        commit(opened(lake.sink(), IMAGES), IMAGES, 4);
        commit(opened(lake.sink(), IMAGES), IMAGES, 5);

        lake.table().manageSnapshots().rollbackTo(foreign).commit();
        expireAllButTheNewest();

        assertThat(ledger()).isEqualTo(SourceOffsets.of(IMAGES, 4));
    }

    @Test
    void theFloorCountsAfterARollbackToAKnownSnapshotAndNewCommits() {
        IcebergSink sink = opened(lake.sink(), IMAGES);
        commit(sink, IMAGES, 0);
        long first = newest();
        commit(sink, IMAGES, 1);
        lake.table().manageSnapshots().rollbackTo(first).commit();
        commit(opened(lake.sink(), IMAGES), IMAGES, 1);
        lake.foreignCommit();

        expireAllButTheNewest();

        assertThat(ledger()).isEqualTo(SourceOffsets.of(IMAGES, 2));
        assertThat(lake.table().snapshots()).hasSize(1);
    }

    @Test
    void aCompactionBetweenTwoCommitsLeavesTheLedger() throws IOException {
        IcebergSink sink = opened(lake.sink(), IMAGES);
        commit(sink, IMAGES, 0);
        commit(sink, IMAGES, 1);

        Compaction.of(lake.table());
        commit(sink, IMAGES, 2);
        expireAllButTheNewest();

        assertThat(lake.column("id")).containsExactlyInAnyOrder(0L, 1L, 2L);
        assertThat(ledger()).isEqualTo(SourceOffsets.of(IMAGES, 3));
    }

    @Test
    void aCompactionInTheMidstOfACommitIsBuiltUpon() {
        commit(opened(lake.sink(), IMAGES), IMAGES, 0);
        commit(opened(lake.sink(), IMAGES), IMAGES, 1);
        var catalog = new FaultyCatalog(lake.catalog());
        var sink = opened(new IcebergSink(() -> catalog, Lake.settings(""), InstantSource.system()), IMAGES);
        stage(sink, IMAGES, 2);
        catalog.beforeNextCommit(this::compact);

        CommitResult result = sink.commitAll(SourceOffsets.of(IMAGES, 3));

        assertThat(result).isEqualTo(CommitResult.complete(SourceOffsets.of(IMAGES, 3), 1));
        assertThat(lake.column("id")).containsExactlyInAnyOrder(0L, 1L, 2L);
        assertThat(ledger()).isEqualTo(SourceOffsets.of(IMAGES, 3));
    }

    @Test
    void aBranchHasALedgerOfItsOwn() {
        commit(opened(lake.sink(), IMAGES), IMAGES, 0);
        IcebergSink audit = opened(lake.sink(Lake.settingsOfBranch("audit")), IMAGES);

        commit(audit, IMAGES, 1);
        lake.foreignCommit();

        Table table = lake.table();
        assertThat(ledger()).isEqualTo(SourceOffsets.of(IMAGES, 1));
        assertThat(IcebergLedger.read(table, Optional.of("audit"))).isEqualTo(SourceOffsets.of(IMAGES, 2));
        assertThat(lake.column("id")).containsExactly(0L);
        assertThat(Lake.records(IcebergGenerics.read(table)
                        .useSnapshot(Objects.requireNonNull(table.refs().get("audit"))
                                .snapshotId())))
                .hasSize(2);
        assertThat(table.properties())
                .containsEntry("rowlake.offsets.floor", "{\"images\":{\"0\":1}}")
                .containsEntry("rowlake.offsets.floor.audit", "{\"images\":{\"0\":2}}");
    }

    @Test
    void aBranchThatIsRolledBackIsReadAgainAndMainStays() {
        commit(opened(lake.sink(), IMAGES), IMAGES, 0);
        IcebergSink audit = opened(lake.sink(Lake.settingsOfBranch("audit")), IMAGES);
        commit(audit, IMAGES, 1);
        long first = Objects.requireNonNull(lake.table().refs().get("audit")).snapshotId();
        commit(audit, IMAGES, 2);

        lake.table().manageSnapshots().replaceBranch("audit", first).commit();
        stage(audit, IMAGES, 3);
        CommitResult result = audit.commitAll(SourceOffsets.of(IMAGES, 4));

        assertThat(result).isEqualTo(new CommitResult(SourceOffsets.of(IMAGES, 2), Set.of(IMAGES), 0));
        assertThat(ledger()).isEqualTo(SourceOffsets.of(IMAGES, 1));
    }

    @Test
    void aBranchThatIsMadeOfMainGoesOnWhereMainIs() {
        IcebergSink main = opened(lake.sink(), IMAGES);
        commit(main, IMAGES, 3);
        lake.table().manageSnapshots().createBranch("audit").commit();
        commit(main, IMAGES, 4);

        assertThat(IcebergLedger.read(lake.table(), Optional.of("audit"))).isEqualTo(SourceOffsets.of(IMAGES, 4));
        assertThat(ledger()).isEqualTo(SourceOffsets.of(IMAGES, 5));
    }

    @Test
    void twoConnectorsWithTopicsOfTheirOwnShareATable() {
        var labels = new SourcePartition("labels", 0);
        IcebergSink first = opened(lake.sink(), IMAGES);
        IcebergSink second = opened(lake.sink(), labels);

        commit(first, IMAGES, 0);
        commit(second, labels, 10);
        commit(first, IMAGES, 1);

        assertThat(lake.column("id")).containsExactlyInAnyOrder(0L, 10L, 1L);
        assertThat(ledger()).isEqualTo(SourceOffsets.of(Map.of(IMAGES, 2L, labels, 11L)));
    }

    @Test
    void twoConnectorsWithOneTopicWriteEachRowOnce() {
        IcebergSink first = opened(lake.sink(), IMAGES);
        IcebergSink second = opened(lake.sink(), IMAGES);
        stage(first, IMAGES, 0);
        stage(second, IMAGES, 0);

        CommitResult won = first.commitAll(SourceOffsets.of(IMAGES, 1));
        CommitResult lost = second.commitAll(SourceOffsets.of(IMAGES, 1));
        commit(second, IMAGES, 1);

        assertThat(won).isEqualTo(CommitResult.complete(SourceOffsets.of(IMAGES, 1), 1));
        assertThat(lost).isEqualTo(new CommitResult(SourceOffsets.of(IMAGES, 1), Set.of(IMAGES), 0));
        assertThat(lake.column("id")).containsExactlyInAnyOrder(0L, 1L);
    }

    private long foreignStart() {
        ((SupportsNamespaces) lake.catalog()).createNamespace(Namespace.of("lake"));
        lake.catalog().createTable(TableIdentifier.parse(Lake.TABLE), SchemaMapping.schema(SCHEMA));
        lake.foreignCommit();
        return newest();
    }

    private long newest() {
        return lake.table().currentSnapshot().snapshotId();
    }

    private void expireAllButTheNewest() {
        lake.table()
                .expireSnapshots()
                .expireOlderThan(Long.MAX_VALUE)
                .retainLast(1)
                .commit();
    }

    private void compact() {
        try {
            Compaction.of(lake.table());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
