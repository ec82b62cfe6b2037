package io.rowlake.sink.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowlake.event.Column;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePosition;
import io.rowlake.event.TableName;
import io.rowlake.event.TableSchema;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;

class SwapTest extends LakeTest {

    private static final TableIdentifier SIDE = TableIdentifier.parse("lake.images__side");

    @Test
    void newRowsTakeThePlaceOfTheOldInOneCommitAndTheOldStayForTimeTravel() {
        commit(opened(lake.sink(), IMAGES), IMAGES, 0);
        Table before = lake.table();
        Table side = sideWithText("a");

        new Swap(side, "x").into(lake.table());

        assertThat(lake.column("id")).containsExactly("a");
        assertThat(ledger()).isEqualTo(SourceOffsets.of(OTHERS, 1));
        assertThat(Lake.records(IcebergGenerics.read(lake.table())
                                .useSnapshot(before.currentSnapshot().snapshotId()))
                        .get(0)
                        .getField("id"))
                .isEqualTo(0L);
        assertThat(versions(lake.table())).isEqualTo(versions(before) + 1);
        assertThat(lake.table().properties()).containsEntry("rowlake.connector", "x");
    }

    @Test
    void aSecondSwapOfTheSameReplacementChangesNothing() {
        commit(opened(lake.sink(), IMAGES), IMAGES, 0);
        Table side = sideWithText("a");
        new Swap(side, "x").into(lake.table());
        int versions = versions(lake.table());

        new Swap(side, "x").into(lake.table());

        assertThat(versions(lake.table())).isEqualTo(versions);
    }

    @Test
    void aSwapThatWasOvertakenByAnotherIsRefused() {
        commit(opened(lake.sink(), IMAGES), IMAGES, 0);
        Table side = sideWithText("a");
        Table seenBefore = lake.table();
        new Swap(side, "x").into(lake.table());
        lake.foreignCommit();
        long head = lake.table().currentSnapshot().snapshotId();

        assertThatThrownBy(() -> new Swap(side, "x").into(seenBefore)).isInstanceOf(CommitFailedException.class);
        assertThat(lake.table().currentSnapshot().snapshotId()).isEqualTo(head);
    }

    @Test
    void aSideTableOfWhichTheSnapshotsExpiredIsSealedWithItsOffsets() {
        commit(opened(lake.sink(), IMAGES), IMAGES, 0);
        Table side = sideWithText("a");
        side.newAppend().commit();
        side.expireSnapshots().expireOlderThan(Long.MAX_VALUE).retainLast(1).commit();

        SideTable.seal(side);

        assertThat(IcebergLedger.read(side, Optional.empty())).isEqualTo(SourceOffsets.of(OTHERS, 1));
        assertThat(IcebergLedger.isSealed(IcebergLedger.ancestry(side, Optional.empty())))
                .isTrue();
    }

    private Table sideWithText(String text) {
        int lastId = metadata(lake.table()).lastColumnId();
        Schema schema = new Schema(Types.NestedField.optional(lastId + 1, "id", Types.StringType.get()));
        Table side = lake.catalog().createTable(SIDE, schema);
        side.updateProperties().set(Swap.REPLACE_ID, "replacement").commit();
        TableOperations operations = ((HasTableOperations) side).operations();
        operations.commit(
                operations.current(),
                TableMetadata.buildFrom(operations.current())
                        .setCurrentSchema(schema, lastId + 1)
                        .setDefaultPartitionSpec(PartitionSpec.unpartitioned())
                        .build());
        IcebergSink sink = opened(lake.sink(IcebergSettings.defaults(TableName.parse(SIDE.toString()))), OTHERS);
        var texts = new TableSchema(List.of(new Column("id", Scalar.STRING)), List.of());
        Lake.stage(memory, sink, texts, new SourcePosition(OTHERS, 0), List.of(List.of(text)));
        sink.commitAll(SourceOffsets.of(OTHERS, 1));
        return lake.catalog().loadTable(SIDE);
    }

    private static int versions(Table table) {
        return metadata(table).previousFiles().size();
    }

    private static TableMetadata metadata(Table table) {
        return ((HasTableOperations) table).operations().current();
    }
}
