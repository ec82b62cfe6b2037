package io.rowlake.sink.iceberg;

import io.rowlake.batch.ChangeBatch;
import io.rowlake.event.TableSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.encryption.EncryptedOutputFile;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.util.PropertyUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Data files of one table that no snapshot has yet: complete ones, and for a table without partitions one that is being
 * written. Of partitioned tables one file is open at a time: the rows of a batch are sorted by partition.
 */
final class StagedFiles {

    private static final Logger LOG = LoggerFactory.getLogger(StagedFiles.class);

    /** How often the size of a file is looked at, in rows: asking costs a walk over all columns. */
    private static final int ROWS_BETWEEN_SIZE_CHECKS_MAX = 1_000;

    /** Of large rows more often, so that a file passes its size by no more than this part. */
    private static final int SIZE_CHECKS_A_FILE = 16;

    /** How often Iceberg looks at the size of a row group, in rows, unless it is told otherwise. */
    private static final long ROW_GROUP_CHECK_ROWS_MAX =
            TableProperties.PARQUET_ROW_GROUP_CHECK_MIN_RECORD_COUNT_DEFAULT;

    /** Of large rows more often, since those in between are held in memory. */
    private static final long ROW_GROUP_CHECK_BYTES = 8L << 20;

    private final Table table;
    private final OutputFileFactory places;
    private final long fileBytesMax;
    private final List<DataFile> complete = new ArrayList<>();
    private final List<String> locations = new ArrayList<>();
    private @Nullable DataWriter<BatchRow> open;
    private @Nullable Schema openSchema;
    private @Nullable TableSchema openColumns;
    private long rowsUntilSizeCheck;
    private long rows;
    private boolean published;

    StagedFiles(Table table) {
        this.table = table;
        this.places = OutputFileFactory.builderFor(table, 0, 0)
                .operationId(UUID.randomUUID().toString())
                .format(FileFormat.PARQUET)
                .build();
        this.fileBytesMax = PropertyUtil.propertyAsLong(
                table.properties(),
                TableProperties.WRITE_TARGET_FILE_SIZE_BYTES,
                TableProperties.WRITE_TARGET_FILE_SIZE_BYTES_DEFAULT);
    }

    /** Rows written since the start. */
    long rows() {
        return rows;
    }

    boolean isEmpty() {
        return rows == 0;
    }

    /** What files are written in: the columns and the partitions that the table will have with the commit. */
    private record Layout(Schema schema, PartitionSpec spec) {}

    /** Writes the rows that have an after-image. */
    void write(ChangeBatch batch, ColumnChanges columns) throws IOException {
        var layout = new Layout(columns.written(), columns.partitions());
        var row = new BatchRow(batch, layout.schema());
        if (layout.spec().isUnpartitioned()) {
            if (open != null
                    && !(layout.schema().sameSchema(openSchema) && Objects.equals(batch.schema(), openColumns))) {
                closeOpen();
            }
            for (int index = 0; index < batch.rows(); index++) {
                append(row, index, layout, null);
            }
            return;
        }
        for (Map.Entry<PartitionKey, List<Integer>> part :
                byPartition(batch, row, layout).entrySet()) {
            for (int index : part.getValue()) {
                append(row, index, layout, part.getKey());
            }
            closeOpen();
        }
    }

    /** All files, complete. */
    List<DataFile> complete() throws IOException {
        closeOpen();
        return List.copyOf(complete);
    }

    /** From now on the files stay where they are, since a commit of unknown outcome may have published them. */
    void mayBePublished() {
        published = true;
    }

    /** Removes the files, unless they may be published. */
    void delete() {
        abortOpen();
        if (published) {
            return;
        }
        for (String location : locations) {
            try {
                table.io().deleteFile(location);
            } catch (RuntimeException e) {
                LOG.warn("Cannot remove {}, which no snapshot has", location, e);
            }
        }
    }

    private Map<PartitionKey, List<Integer>> byPartition(ChangeBatch batch, BatchRow row, Layout layout) {
        var key = new PartitionKey(layout.spec(), layout.schema());
        Map<PartitionKey, List<Integer>> rowsByKey = new LinkedHashMap<>();
        IntStream.range(0, batch.rows()).forEach(index -> {
            key.partition(row.at(index));
            List<Integer> same = rowsByKey.get(key);
            if (same == null) {
                same = new ArrayList<>();
                rowsByKey.put(key.copy(), same);
            }
            same.add(index);
        });
        return rowsByKey;
    }

    private void append(BatchRow row, int index, Layout layout, @Nullable PartitionKey partition) throws IOException {
        if (!row.batch().operation(index).hasAfterImage()) {
            return;
        }
        DataWriter<BatchRow> writer = open == null ? begin(row.batch(), layout, partition) : open;
        writer.write(row.at(index));
        rows++;
        rowsUntilSizeCheck--;
        if (rowsUntilSizeCheck <= 0) {
            rowsUntilSizeCheck = rowsIn(fileBytesMax / SIZE_CHECKS_A_FILE, row.batch(), ROWS_BETWEEN_SIZE_CHECKS_MAX);
            closeIfFull(writer);
        }
    }

    private DataWriter<BatchRow> begin(ChangeBatch batch, Layout layout, @Nullable PartitionKey partition)
            throws IOException {
        TableSchema columns = batch.schema();
        long groupCheckRows = rowsIn(ROW_GROUP_CHECK_BYTES, batch, ROW_GROUP_CHECK_ROWS_MAX);
        EncryptedOutputFile place =
                partition == null ? places.newOutputFile() : places.newOutputFile(layout.spec(), partition);
        DataWriter<BatchRow> writer = Parquet.writeData(place)
                .set(TableProperties.PARQUET_ROW_GROUP_CHECK_MIN_RECORD_COUNT, String.valueOf(groupCheckRows))
                .forTable(table)
                .schema(layout.schema())
                .withSpec(layout.spec())
                .withPartition(partition)
                .createWriterFunc(message -> new RowParquetWriter(layout.schema(), message, columns))
                .build();
        locations.add(place.encryptingOutputFile().location());
        open = writer;
        openSchema = layout.schema();
        openColumns = columns;
        rowsUntilSizeCheck = 0;
        return writer;
    }

    /** How many of a batch's rows have so many bytes, on average; at least one. */
    private static long rowsIn(long bytes, ChangeBatch batch, long rowsMax) {
        long rowBytes = Math.max(1, batch.bytes() / batch.rows());
        return Math.max(1, Math.min(rowsMax, bytes / rowBytes));
    }

    private void closeIfFull(DataWriter<BatchRow> writer) throws IOException {
        if (writer.length() >= fileBytesMax) {
            closeOpen();
        }
    }

    private void closeOpen() throws IOException {
        DataWriter<BatchRow> writer = open;
        if (writer != null) {
            open = null;
            writer.close();
            complete.add(writer.toDataFile());
        }
    }

    private void abortOpen() {
        try {
            closeOpen();
        } catch (IOException | RuntimeException e) {
            LOG.warn("Cannot complete a file of {} that is to be dropped; it may be left over", table.name(), e);
        }
    }
}
