package io.rowlake.sink.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowlake.batch.BatchMemory;
import io.rowlake.event.Column;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePartition;
import io.rowlake.event.SourcePosition;
import io.rowlake.event.TableName;
import io.rowlake.event.TableSchema;
import io.rowlake.sink.RetriableSinkException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two tasks, each with a catalog of its own, on one table. */
class RacingTasksTest {

    private static final Column ID = new Column("id", Scalar.LONG);
    private static final TableSchema SCHEMA = new TableSchema(List.of(ID), List.of());
    private static final int TASKS = 2;
    private static final int COMMITS = 20;

    private final BatchMemory memory = new BatchMemory();
    private Lake lake;

    @TempDir
    private Path directory;

    @BeforeEach
    void openLake() {
        lake = new Lake(directory);
    }

    @AfterEach
    void everythingIsReleased() {
        lake.close();
        memory.close();
    }

    @RepeatedTest(20)
    void tasksThatFindNoCatalogMakeItTogether() throws Exception {
        inParallel(partition -> commit(partition, 1));

        assertThat(lake.column("id")).containsExactlyInAnyOrder(0L, 100L);
    }

    @Test
    void tasksThatCommitAtTheSameTimeLoseAndRepeatNothing() throws Exception {
        inParallel(partition -> commit(partition, COMMITS));

        assertThat(lake.column("id"))
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.concat(LongStream.range(0, COMMITS), LongStream.range(100, 100 + COMMITS))
                                .boxed()
                                .toList());
        assertThat(IcebergLedger.read(lake.table(), Optional.empty()))
                .isEqualTo(SourceOffsets.of(Map.of(Lake.IMAGES, (long) COMMITS, Lake.OTHERS, (long) COMMITS)));
    }

    @Test
    void tasksThatAddTheSameColumnBothCommit() {
        var grown = new TableSchema(List.of(ID, new Column("label", Scalar.STRING)), List.of());
        try (IcebergSink one = opened(Lake.IMAGES);
                IcebergSink other = opened(Lake.OTHERS)) {
            stage(one, SCHEMA, Lake.IMAGES, 0, List.of(1L));
            one.commitAll(SourceOffsets.of(Lake.IMAGES, 1));
            stage(one, grown, Lake.IMAGES, 1, List.of(2L, "two"));
            stage(other, grown, Lake.OTHERS, 0, List.of(3L, "three"));

            one.commitAll(SourceOffsets.of(Lake.IMAGES, 2));
            other.commitAll(SourceOffsets.of(Lake.OTHERS, 1));
        }

        assertThat(lake.column("label")).containsExactlyInAnyOrder(null, "two", "three");
    }

    @Test
    void theSecondOfTwoTasksThatAddDifferentColumnsReadsItsRowsAgain() {
        try (IcebergSink one = opened(Lake.IMAGES);
                IcebergSink other = opened(Lake.OTHERS)) {
            stage(one, SCHEMA, Lake.IMAGES, 0, List.of(1L));
            one.commitAll(SourceOffsets.of(Lake.IMAGES, 1));
            var label = new TableSchema(List.of(ID, new Column("label", Scalar.STRING)), List.of());
            var score = new TableSchema(List.of(ID, new Column("score", Scalar.DOUBLE)), List.of());
            stage(one, label, Lake.IMAGES, 1, List.of(2L, "two"));
            stage(other, score, Lake.OTHERS, 0, List.of(3L, 0.5));
            one.commitAll(SourceOffsets.of(Lake.IMAGES, 2));

            assertThatThrownBy(() -> other.commitAll(SourceOffsets.of(Lake.OTHERS, 1)))
                    .isInstanceOf(RetriableSinkException.class)
                    .hasMessage("Cannot commit to table 'lake.images': column 'score' was changed by somebody else"
                            + " meanwhile; the rows are read again");
            other.discard();
            other.open(Set.of(Lake.OTHERS));
            stage(other, score, Lake.OTHERS, 0, List.of(3L, 0.5));
            other.commitAll(SourceOffsets.of(Lake.OTHERS, 1));
        }

        assertThat(lake.column("score")).containsExactlyInAnyOrder(null, null, 0.5);
        assertThat(lake.column("label")).containsExactlyInAnyOrder(null, "two", null);
    }

    /** What one task does. */
    private interface Task {
        void run(SourcePartition partition);
    }

    private static void inParallel(Task task) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(TASKS);
        try {
            var start = new CyclicBarrier(TASKS);
            List<Callable<Boolean>> tasks = new ArrayList<>();
            for (SourcePartition partition : List.of(Lake.IMAGES, Lake.OTHERS)) {
                tasks.add(() -> {
                    start.await();
                    task.run(partition);
                    return true;
                });
            }
            for (Future<Boolean> done : threads.invokeAll(tasks)) {
                assertThat(done.get()).isTrue();
            }
        } finally {
            threads.shutdown();
        }
    }

    /** Commits rows one by one; their ids are the offsets, of the second partition with 100 more. */
    private void commit(SourcePartition partition, int commits) {
        var settings = new IcebergSettings(
                TableName.parse(Lake.TABLE),
                PartitionTransforms.parse(""),
                Optional.empty(),
                IcebergSettings.FORMAT_VERSION_DEFAULT,
                Lake.APPEND,
                IcebergSettings.COMMIT_TIMEOUT_DEFAULT);
        try (IcebergCatalog catalog = lake.newCatalog();
                BatchMemory ownMemory = new BatchMemory();
                IcebergSink sink = catalog.table(settings)) {
            sink.open(Set.of(partition));
            for (long offset = 0; offset < commits; offset++) {
                Lake.stage(
                        ownMemory,
                        sink,
                        SCHEMA,
                        new SourcePosition(partition, offset),
                        List.of(List.of(100L * partition.partition() + offset)));
                sink.commitAll(SourceOffsets.of(partition, offset + 1));
            }
        }
    }

    private IcebergSink opened(SourcePartition partition) {
        IcebergSink sink = lake.sink();
        sink.open(Set.of(partition));
        return sink;
    }

    private void stage(IcebergSink sink, TableSchema schema, SourcePartition partition, long offset, List<?> row) {
        Lake.stage(memory, sink, schema, new SourcePosition(partition, offset), List.of(row));
    }
}
