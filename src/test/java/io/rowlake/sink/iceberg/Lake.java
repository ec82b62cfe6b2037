package io.rowlake.sink.iceberg;

import io.rowlake.batch.BatchMemory;
import io.rowlake.batch.Batches;
import io.rowlake.batch.ChangeBatch;
import io.rowlake.event.Operation;
import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePartition;
import io.rowlake.event.SourcePosition;
import io.rowlake.event.TableName;
import io.rowlake.event.TableSchema;
import io.rowlake.sink.ExistingTarget;
import io.rowlake.sink.TableSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** A catalog in a SQLite file, and its warehouse beside it. */
final class Lake implements AutoCloseable {

    static final String TABLE = "lake.images";
    static final SourcePartition IMAGES = new SourcePartition("images", 0);
    static final SourcePartition OTHERS = new SourcePartition("images", 1);

    /** Whatever table is there is added to. */
    static final ExistingTarget APPEND = new ExistingTarget(ExistingTarget.Action.APPEND, "", SourceOffsets.none());

    /** How to mend columns that don't go together. */
    static final String HINT = " (choose a type that fits with schema.overrides, or change the table's column)";

    private static final AtomicLong WORKERS = new AtomicLong();

    private final Path directory;
    private final Map<String, String> properties;
    private final IcebergCatalog catalog;

    Lake(Path directory) {
        this(directory, Map.of());
    }

    Lake(Path directory, Map<String, String> more) {
        this.directory = directory;
        this.properties = new HashMap<>(properties(directory));
        properties.putAll(more);
        this.catalog = newCatalog();
    }

    static Map<String, String> properties(Path directory) {
        return Map.of(
                "type",
                "jdbc",
                "uri",
                "jdbc:sqlite:" + directory.resolve("catalog.db") + "?busy_timeout=10000&journal_mode=WAL",
                "jdbc.schema-version",
                "V1",
                "warehouse",
                "file:" + directory.resolve("warehouse"));
    }

    static IcebergSettings settings(String partitions) {
        return settings(partitions, IcebergSettings.FORMAT_VERSION_DEFAULT);
    }

    static IcebergSettings settings(String partitions, int formatVersion) {
        return new IcebergSettings(
                TableName.parse(TABLE),
                PartitionTransforms.parse(partitions),
                Optional.empty(),
                formatVersion,
                APPEND,
                Duration.ofSeconds(60));
    }

    static IcebergSettings settingsOfBranch(String branch) {
        return new IcebergSettings(
                TableName.parse(TABLE),
                PartitionTransforms.parse(""),
                Optional.of(branch),
                IcebergSettings.FORMAT_VERSION_DEFAULT,
                APPEND,
                Duration.ofSeconds(60));
    }

    /** Another connection to the same catalog, as of another worker. The caller closes it. */
    IcebergCatalog newCatalog() {
        Map<String, String> ofAnotherWorker = new HashMap<>(properties);
        // Tasks that share a worker are known by equal properties.
        ofAnotherWorker.put("worker", String.valueOf(WORKERS.incrementAndGet()));
        return new IcebergCatalog(ofAnotherWorker, InstantSource.system());
    }

    Catalog catalog() {
        return catalog.catalog();
    }

    IcebergSink sink() {
        return catalog.table(settings(""));
    }

    IcebergSink sink(IcebergSettings settings) {
        return catalog.table(settings);
    }

    /** The sink that a connector gets for its settings. */
    TableSink connectorSink(IcebergSettings settings) {
        return catalog.sink(settings);
    }

    boolean hasTable() {
        return catalog().tableExists(TableIdentifier.parse(TABLE));
    }

    /** The table as it is now. */
    Table table() {
        return catalog().loadTable(TableIdentifier.parse(TABLE));
    }

    /** Stages one row a value list, all of one partition. */
    static void stage(
            BatchMemory memory, TableSink sink, TableSchema schema, SourcePosition first, List<List<?>> rows) {
        Batches batch = Batches.of(memory, sink.reconcile(schema));
        long offset = first.offset();
        for (List<?> row : rows) {
            batch.row(new SourcePosition(first.partition(), offset++), Operation.CREATE, row.toArray());
        }
        try (ChangeBatch built = batch.build()) {
            sink.stage(built);
        }
    }

    /** What a reader sees. */
    List<Record> records() {
        return records(table());
    }

    static List<Record> records(Table table) {
        return records(IcebergGenerics.read(table));
    }

    static List<Record> records(IcebergGenerics.ScanBuilder scan) {
        List<Record> records = new ArrayList<>();
        try (CloseableIterable<Record> found = scan.build()) {
            found.forEach(records::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return records;
    }

    static Map<String, @Nullable Object> map(Record record) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (Types.NestedField field : record.struct().fields()) {
            row.put(field.name(), record.getField(field.name()));
        }
        return row;
    }

    /** The values of one column, in any order. */
    List<@Nullable Object> column(String name) {
        return records().stream()
                .<@Nullable Object>map(row -> row.getField(name))
                .toList();
    }

    /** The data files that the current snapshot has. */
    List<DataFile> dataFiles() {
        List<DataFile> files = new ArrayList<>();
        try (CloseableIterable<FileScanTask> tasks =
                table().newScan().includeColumnStats().planFiles()) {
            tasks.forEach(task -> files.add(task.file().copy()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    /** The data files on disk, whether a snapshot has them or not. */
    List<Path> parquetFilesOnDisk() {
        Path warehouse = directory.resolve("warehouse");
        if (!Files.exists(warehouse)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(warehouse)) {
            return files.filter(file -> file.toString().endsWith(".parquet")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A snapshot on top that no sink of ours made, without a row. */
    void foreignCommit() {
        Table table = table();
        DataFile nothing = DataFiles.builder(table.spec())
                .withPath(table.location() + "/data/foreign-" + table.currentSnapshot() + ".parquet")
                .withFileSizeInBytes(1)
                .withRecordCount(1)
                .build();
        table.newAppend().appendFile(nothing).commit();
        table.newDelete().deleteFile(nothing).commit();
    }

    @Override
    public void close() {
        catalog.close();
    }
}
