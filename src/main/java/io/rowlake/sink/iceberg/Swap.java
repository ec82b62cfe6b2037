package io.rowlake.sink.iceberg;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.io.CloseableIterable;

/**
 * One commit that puts the rows, columns, partitions and offsets of a side table in the place of a table's own. The snapshots
 * that were there stay for time travel.
 *
 * <p>The side table's columns need ids that the table never had, and nobody may commit to it any more.
 */
final class Swap {

    /** The table property with the id of the replacement that made its present content. */
    static final String REPLACE_ID = "rowlake.replace.id";

    private final Table side;
    private final String owner;
    private final String replaceId;

    Swap(Table side, String owner) {
        this.side = side;
        this.owner = owner;
        this.replaceId =
                Objects.requireNonNull(side.properties().get(REPLACE_ID), "A side table has a replacement's id");
    }

    /**
     * Replaces the content, unless this replacement has already done so.
     *
     * @throws org.apache.iceberg.exceptions.CommitFailedException if somebody else has committed meanwhile
     */
    void into(Table table) {
        TableOperations operations = ((HasTableOperations) table).operations();
        TableMetadata base = operations.current();
        if (replaceId.equals(base.properties().get(REPLACE_ID))) {
            return;
        }
        String offsets = IcebergLedger.text(IcebergLedger.read(side, Optional.empty()));
        // Iceberg's own replace transaction would try again on top of whatever it meets, another task's swap included.
        var gathered = new MemoryOperations(operations, start(base, offsets));
        append(new BaseTable(gathered, table.name()), offsets);
        operations.commit(base, gathered.current());
    }

    private TableMetadata start(TableMetadata base, String offsets) {
        TableMetadata columns = ((HasTableOperations) side).operations().current();
        return TableMetadata.buildFrom(base)
                .upgradeFormatVersion(Math.max(base.formatVersion(), columns.formatVersion()))
                .removeRef(SnapshotRef.MAIN_BRANCH)
                .setCurrentSchema(columns.schema(), Math.max(base.lastColumnId(), columns.lastColumnId()))
                .setDefaultPartitionSpec(columns.spec())
                .setDefaultSortOrder(SortOrder.unsorted())
                .removeProperties(Set.of(TableOrigin.CONNECTOR))
                .removeProperties(LedgerProperties.namesOfMain())
                .setProperties(Map.of(REPLACE_ID, replaceId, LedgerProperties.FLOOR, offsets))
                .setProperties(owner.isEmpty() ? Map.of() : Map.of(TableOrigin.CONNECTOR, owner))
                .build();
    }

    private void append(Table table, String offsets) {
        AppendFiles append = table.newFastAppend();
        try (CloseableIterable<FileScanTask> tasks =
                side.newScan().includeColumnStats().planFiles()) {
            tasks.forEach(task -> append.appendFile(moved(task.file(), table.spec())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        append.set(IcebergLedger.OFFSETS, offsets)
                .set(IcebergLedger.COMMIT_ID, replaceId)
                .commit();
    }

    /** The same file under the number that the partitions have in the other table. */
    private static DataFile moved(DataFile file, PartitionSpec spec) {
        DataFiles.Builder moved = DataFiles.builder(spec)
                .withPath(file.location())
                .withFormat(file.format())
                .withFileSizeInBytes(file.fileSizeInBytes())
                .withSplitOffsets(file.splitOffsets())
                .withMetrics(new Metrics(
                        file.recordCount(),
                        file.columnSizes(),
                        file.valueCounts(),
                        file.nullValueCounts(),
                        file.nanValueCounts(),
                        file.lowerBounds(),
                        file.upperBounds()));
        if (spec.isPartitioned()) {
            moved.withPartition(file.partition());
        }
        return moved.build();
    }
}
