package io.rowlake.sink.iceberg;

import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePartition;
import io.rowlake.event.TableName;
import io.rowlake.model.Choices;
import io.rowlake.model.Destination;
import io.rowlake.model.Steps;
import io.rowlake.sink.TableSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.parquet.Parquet;

/** An Iceberg table in a catalog in memory that compares and sets, and the Iceberg sink on it. */
public final class SimulatedIceberg implements Destination {

    private static final TableName NAME = TableName.parse("lake.rows");
    private static final Optional<String> MAIN = Optional.empty();

    /** In virtual time, which passes by one millisecond with each pause; and the real time to wait for a turn. */
    private static final Duration COMMIT_TIMEOUT = Duration.ofMillis(4);

    /** The way of the task that runs in a thread. */
    private static final ThreadLocal<Steps> RUNNING = new ThreadLocal<>();

    private final SimulatedCatalog.State state;
    private final String topic;
    private final Map<String, List<Row>> rowsByFile = new HashMap<>();
    private boolean rolledBack;

    private record Row(int partition, long offset) {}

    /** @param topic the one that all rows come from */
    public SimulatedIceberg(String topic, Mutation mutation) {
        this.state = new SimulatedCatalog.State(mutation);
        this.topic = topic;
    }

    /** Tasks of one process share the committer. */
    @Override
    public Worker worker() {
        var pausing = new PausingWorker();
        return pausing::sink;
    }

    /** The pauses of a shared committer are those of the task that runs. */
    private final class PausingWorker {

        private final TableCommitter committer =
                new TableCommitter(MAIN, time -> RUNNING.get().moment("try the commit again"));

        TableSink sink(Steps steps, InstantSource clock, String writer) {
            var catalog = new SimulatedCatalog(state, new Steps() {
                @Override
                public Fault request(String what) {
                    RUNNING.set(steps);
                    return steps.request(what);
                }

                @Override
                public void moment(String what) {
                    steps.moment(what);
                }

                @Override
                public boolean isAlive() {
                    return steps.isAlive();
                }
            });
            IcebergSettings plain = IcebergSettings.defaults(NAME);
            var settings = new IcebergSettings(
                    NAME, plain.partitions(), MAIN, plain.formatVersion(), plain.existing(), COMMIT_TIMEOUT);
            return new IcebergSink(new TableAccess(() -> catalog, settings), settings, committer, clock);
        }
    }

    @Override
    public long version() {
        return state.version();
    }

    @Override
    public SourceOffsets ledger() {
        return table().map(table -> IcebergLedger.read(table, MAIN)).orElse(SourceOffsets.none());
    }

    @Override
    public Map<SourcePartition, List<Long>> rows() {
        Map<SourcePartition, List<Long>> rows = new TreeMap<>();
        table().ifPresent(table -> dataFiles(table).forEach(file -> add(table, file, rows)));
        return rows;
    }

    @Override
    public Set<String> files() {
        Set<String> files = new TreeSet<>();
        table().ifPresent(table -> dataFiles(table).forEach(file -> files.add(file.location())));
        return files;
    }

    private void add(Table table, DataFile file, Map<SourcePartition, List<Long>> rows) {
        for (Row row : rowsByFile.computeIfAbsent(file.location(), location -> read(table, location))) {
            rows.computeIfAbsent(new SourcePartition(topic, row.partition()), any -> new ArrayList<>())
                    .add(row.offset());
        }
    }

    /** In the order in which they were committed. */
    private static List<DataFile> dataFiles(Table table) {
        Snapshot current = table.currentSnapshot();
        if (current == null) {
            return List.of();
        }
        List<DataFile> inOrder = new ArrayList<>();
        for (ManifestFile manifest : current.dataManifests(table.io())) {
            try (var entries = ManifestFiles.read(manifest, table.io(), table.specs())) {
                entries.forEach(file -> inOrder.add(file.copy()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        inOrder.sort(Comparator.comparing(DataFile::dataSequenceNumber));
        return inOrder;
    }

    private static List<Row> read(Table table, String location) {
        Schema schema = table.schema();
        List<Row> rows = new ArrayList<>();
        try (CloseableIterable<Record> records = Parquet.read(table.io().newInputFile(location))
                .project(schema)
                .createReaderFunc(file -> GenericParquetReaders.buildReader(schema, file))
                .build()) {
            records.forEach(record -> rows.add(new Row(number(record, PARTITION).intValue(), number(record, OFFSET))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }

    private static Long number(Record record, String column) {
        return (Long) Objects.requireNonNull(record.getField(column));
    }

    @Override
    public String foreignChange(Choices choices) {
        Table table = table().orElse(null);
        Snapshot current = table == null ? null : table.currentSnapshot();
        if (table == null || current == null) {
            return "find no table to change";
        }
        switch (choices.of(4)) {
            case 0 -> {
                table.newAppend().set("engine", "another").commit();
                return "commit as another engine";
            }
            case 1 -> {
                table.rewriteManifests().clusterBy(file -> "all").commit();
                return "compact the manifests";
            }
            case 2 -> {
                if (rolledBack) {
                    // The copy of the offsets in the table's property would be that from before the rollback.
                    return "keep the snapshots of a table that was rolled back";
                }
                table.expireSnapshots()
                        .expireOlderThan(Long.MAX_VALUE)
                        .retainLast(1)
                        .commit();
                return "expire all snapshots but the newest";
            }
            default -> {
                Long parent = current.parentId();
                if (parent == null || table.snapshot(parent) == null) {
                    return "find nothing to roll back to";
                }
                table.manageSnapshots().rollbackTo(parent).commit();
                rolledBack = true;
                return "roll back by one snapshot";
            }
        }
    }

    private Optional<Table> table() {
        return state.current()
                .map(any -> new BaseTable(new SimulatedCatalog.Operations(state, Undisturbed.INSTANCE), "rows"));
    }

    /** The way of the checker and of other engines, whom nothing befalls. */
    private enum Undisturbed implements Steps {
        INSTANCE;

        @Override
        public Fault request(String what) {
            return Fault.NONE;
        }

        @Override
        public void moment(String what) {
            // Nobody else runs meanwhile.
        }

        @Override
        public boolean isAlive() {
            return true;
        }
    }
}
