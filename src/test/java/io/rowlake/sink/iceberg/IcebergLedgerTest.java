package io.rowlake.sink.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePosition;
import io.rowlake.event.TableName;
import io.rowlake.sink.CommitResult;
import io.rowlake.sink.RetriableSinkException;
import io.rowlake.sink.SinkException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableUtil;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.Test;

class IcebergLedgerTest extends LakeTest {

    private static final TableIdentifier TABLE = TableIdentifier.parse(Lake.TABLE);

    @Test
    void offsetsOfOtherPartitionsAreCarriedForward() {
        IcebergSink images = opened(lake.sink(), IMAGES);
        IcebergSink others = opened(lake.sink(), OTHERS);

        commit(images, IMAGES, 0);
        commit(others, OTHERS, 10);
        commit(images, IMAGES, 1);

        assertThat(ledger()).isEqualTo(SourceOffsets.of(Map.of(IMAGES, 2L, OTHERS, 11L)));
        assertThat(lake.column("id")).containsExactlyInAnyOrder(0L, 10L, 1L);
    }

    @Test
    void openingAPartitionKeepsTheStagedRowsOfOthers() {
        IcebergSink sink = opened(lake.sink(), IMAGES, OTHERS);
        commit(sink, OTHERS, 10);
        stage(sink, IMAGES, 0);

        sink.open(Set.of(OTHERS));
        sink.commitAll(SourceOffsets.of(IMAGES, 1));

        assertThat(lake.column("id")).containsExactlyInAnyOrder(10L, 0L);
    }

    @Test
    void openingAPartitionWhoseStagedRowsAreMixedWithOthersHasAllReadAgain() {
        IcebergSink sink = opened(lake.sink(), IMAGES, OTHERS);
        stage(sink, IMAGES, 0);
        stage(sink, OTHERS, 10);

        assertThatThrownBy(() -> sink.open(Set.of(OTHERS)))
                .isInstanceOf(RetriableSinkException.class)
                .hasMessageStartingWith("Cannot open partitions [images-1] of table 'lake.images': rows of ")
                .hasMessageEndingWith(" are staged in the same files; all of them have to be read again");
    }

    @Test
    void theFloorKeepsTheLedgerWhenItsSnapshotsHaveExpired() {
        commit(opened(lake.sink(), IMAGES), IMAGES, 0);
        lake.foreignCommit();

        lake.table()
                .expireSnapshots()
                .expireOlderThan(Long.MAX_VALUE)
                .retainLast(1)
                .commit();

        assertThat(lake.table().snapshots()).hasSize(1);
        assertThat(ledger()).isEqualTo(SourceOffsets.of(IMAGES, 1));
    }

    @Test
    void aRollbackTakesTheLedgerBack() {
        IcebergSink sink = opened(lake.sink(), IMAGES);
        commit(sink, IMAGES, 0);
        long first = lake.table().currentSnapshot().snapshotId();
        commit(sink, IMAGES, 1);

        lake.table().manageSnapshots().rollbackTo(first).commit();
        stage(sink, IMAGES, 2);
        CommitResult result = sink.commitAll(SourceOffsets.of(IMAGES, 3));

        assertThat(result).isEqualTo(new CommitResult(SourceOffsets.of(IMAGES, 1), Set.of(IMAGES), 0));
        assertThat(lake.column("id")).containsExactly(0L);
    }

    @Test
    void snapshotsOfOthersLeaveTheLedger() {
        IcebergSink sink = opened(lake.sink(), IMAGES);
        commit(sink, IMAGES, 0);

        lake.foreignCommit();
        commit(sink, IMAGES, 1);

        assertThat(ledger()).isEqualTo(SourceOffsets.of(IMAGES, 2));
        assertThat(lake.column("id")).containsExactlyInAnyOrder(0L, 1L);
    }

    @Test
    void aDroppedTableStopsTheSink() {
        IcebergSink sink = opened(lake.sink(), IMAGES);
        stage(sink, IMAGES, 0);

        lake.catalog().dropTable(TABLE);

        String message = "Cannot go on with table 'lake.images': it was dropped while the connector was writing to it."
                + " Restart the connector to write to the table that is there now";
        assertThatThrownBy(() -> sink.commitAll(SourceOffsets.of(IMAGES, 1)))
                .isInstanceOf(SinkException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> sink.open(Set.of(IMAGES)))
                .isInstanceOf(SinkException.class)
                .hasMessage(message);
    }

    @Test
    void aTableThatWasCreatedAnewStopsTheSink() {
        IcebergSink sink = opened(lake.sink(), IMAGES);
        commit(sink, IMAGES, 0);
        stage(sink, IMAGES, 1);

        lake.catalog().dropTable(TABLE);
        commit(opened(lake.sink(), OTHERS), OTHERS, 10);

        assertThatThrownBy(() -> sink.commitAll(SourceOffsets.of(IMAGES, 2)))
                .isInstanceOf(SinkException.class)
                .hasMessage("Cannot go on with table 'lake.images': it was dropped and created anew while the connector"
                        + " was writing to it. Restart the connector to write to the table that is there now");
        assertThat(lake.column("id")).containsExactly(10L);
    }

    @Test
    void aNestedNamespaceIsCreatedWithTheTable() {
        IcebergSink sink = opened(
                lake.sink(new IcebergSettings(
                        TableName.parse("a.b.c.images"),
                        PartitionTransforms.parse(""),
                        Optional.empty(),
                        3,
                        Lake.APPEND,
                        Duration.ofSeconds(10))),
                IMAGES);

        commit(sink, IMAGES, 0);

        Table table = lake.catalog().loadTable(TableIdentifier.of("a", "b", "c", "images"));
        assertThat(Lake.records(table)).hasSize(1);
        assertThat(TableUtil.formatVersion(table)).isEqualTo(3);
    }

    @Test
    void tablesAreMadeInFormatVersion2ByDefault() {
        commit(opened(lake.sink(), IMAGES), IMAGES, 0);

        assertThat(TableUtil.formatVersion(lake.table())).isEqualTo(2);
    }

    @Test
    void anOvertakenSinkRemovesItsFiles() {
        IcebergSink zombie = opened(lake.sink(), IMAGES);
        stage(zombie, IMAGES, 0);
        commit(opened(lake.sink(), IMAGES), IMAGES, 5);

        CommitResult result = zombie.commitAll(SourceOffsets.of(IMAGES, 1));

        assertThat(result).isEqualTo(new CommitResult(SourceOffsets.of(IMAGES, 6), Set.of(IMAGES), 0));
        assertThat(lake.column("id")).containsExactly(5L);
        assertThat(lake.parquetFilesOnDisk()).hasSize(1);
    }

    @Test
    void tornFilesAreNotCommitted() throws Exception {
        IcebergSink sink = opened(lake.sink(), IMAGES);
        stage(sink, IMAGES, 0);
        commit(sink, IMAGES, 1);
        var images = new SourcePosition(IMAGES, 2);
        var data = directory.resolve("warehouse/lake/images/data");
        Files.move(data, directory.resolve("elsewhere"));
        Files.writeString(data, "in the way");

        Lake.stage(memory, sink, SCHEMA, images, List.of(List.of(2L)));
        assertThatThrownBy(() -> sink.commitAll(SourceOffsets.of(IMAGES, 3)))
                .isInstanceOf(RetriableSinkException.class)
                .hasMessageStartingWith("Cannot complete the files of table 'lake.images': ");
        Files.delete(data);
        Files.move(directory.resolve("elsewhere"), data);

        assertThatThrownBy(() -> sink.commitAll(SourceOffsets.of(IMAGES, 3)))
                .isInstanceOf(RetriableSinkException.class)
                .hasMessage("Cannot go on with table 'lake.images': writing its files failed before; the rows have to"
                        + " be read again");
        sink.discard();
        commit(sink, IMAGES, 2);
        assertThat(lake.column("id")).containsExactlyInAnyOrder(0L, 1L, 2L);
    }
}
