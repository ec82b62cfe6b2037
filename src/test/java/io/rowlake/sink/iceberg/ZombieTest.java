package io.rowlake.sink.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowlake.event.SourceOffsets;
import io.rowlake.pipeline.Takeovers;
import io.rowlake.pipeline.Takeovers.Takeover;
import io.rowlake.sink.CallPoints;
import io.rowlake.sink.CallPoints.Waking;
import io.rowlake.sink.TableSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A task sleeps past its session at each point where it talks to the catalog or its files, and wakes. */
class ZombieTest {

    private static final TableIdentifier TABLE = TableIdentifier.parse(Lake.TABLE);
    private static final int IN_A_COMMIT = 8;

    @Test
    void allPhasesHavePoints() {
        List<String> points = new Takeovers(Catalogs::new, IN_A_COMMIT).points();

        assertThat(points)
                .contains(
                        "before load",
                        "before create table",
                        "after create table",
                        "before new data file",
                        "before write to data file",
                        "after write to data file",
                        "before close data file",
                        "after close data file",
                        "before refresh",
                        "after refresh",
                        "before new metadata file",
                        "after close metadata file",
                        "before commit",
                        "after commit");
    }

    @ParameterizedTest
    @CsvSource({
        "OF_ALL, SOUND",
        "OF_ALL, CONNECTION_LOST",
        "OF_A_PART, SOUND",
        "OF_ONE_PARTITION, CONNECTION_LOST",
        "AND_BACK, SOUND"
    })
    void aTaskThatWasReplacedPublishesNothingTwice(Takeover takeover, Waking waking, TestReporter reporter) {
        int points = new Takeovers(Catalogs::new, IN_A_COMMIT).run(takeover, waking);

        reporter.publishEntry("points of takeover", String.valueOf(points));
        assertThat(points).isPositive();
    }

    @ParameterizedTest
    @ValueSource(ints = {8})
    void twoTasksThatWereReplacedPublishNothingTwice(int secondPoint, TestReporter reporter) {
        int points = new Takeovers(Catalogs::new, secondPoint).run(Takeover.BY_TWO, Waking.SOUND);

        reporter.publishEntry("points of takeover", String.valueOf(points));
        assertThat(points).isPositive();
    }

    /** A catalog in memory. */
    private static final class Catalogs implements Takeovers.Destination {

        private final InMemoryCatalog catalog = new InMemoryCatalog();

        Catalogs() {
            catalog.initialize("lake", Map.of("table-default.commit.retry.min-wait-ms", "1"));
            catalog.createNamespace(TABLE.namespace());
        }

        @Override
        public TableSink sink(CallPoints points) {
            var watched = new WatchedCatalog(catalog, points);
            return new IcebergSink(() -> watched, Lake.settings(""), InstantSource.system());
        }

        @Override
        public SourceOffsets ledger() {
            return catalog.tableExists(TABLE)
                    ? IcebergLedger.read(catalog.loadTable(TABLE), Optional.empty())
                    : SourceOffsets.none();
        }

        /** Looks at the files of all snapshots on the way: none may be missing. */
        @Override
        public List<Long> ids() {
            if (!catalog.tableExists(TABLE)) {
                return List.of();
            }
            Table table = catalog.loadTable(TABLE);
            table.snapshots().forEach(snapshot -> requireFiles(table, snapshot));
            return Lake.records(table).stream()
                    .map(row -> (Long) row.getField("id"))
                    .toList();
        }

        private static void requireFiles(Table table, Snapshot snapshot) {
            try (CloseableIterable<FileScanTask> tasks =
                    table.newScan().useSnapshot(snapshot.snapshotId()).planFiles()) {
                tasks.forEach(task -> assertThat(
                                table.io().newInputFile(task.file().location()).exists())
                        .as("%s of snapshot %s", task.file().location(), snapshot.sequenceNumber())
                        .isTrue());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
