package io.rowlake.sink.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowlake.batch.BatchMemory;
import io.rowlake.event.Column;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePartition;
import io.rowlake.event.SourcePosition;
import io.rowlake.event.TableSchema;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two tasks of a connector, each with a catalog of its own, that share the committer of their table. */
class TasksOfOneWorkerTest {

    private static final TableSchema SCHEMA = new TableSchema(List.of(new Column("id", Scalar.LONG)), List.of());
    private static final int PROMPT_SECONDS = 30;

    private final BatchMemory memory = new BatchMemory();
    private Lake lake;
    private IcebergCatalog firstCatalog;
    private IcebergCatalog secondCatalog;
    private IcebergSink first;
    private IcebergSink second;

    @TempDir
    private Path directory;

    @BeforeEach
    void openTasks() {
        lake = new Lake(directory);
        firstCatalog = catalog();
        secondCatalog = catalog();
        first = opened(firstCatalog, Lake.IMAGES);
        second = opened(secondCatalog, Lake.OTHERS);
    }

    @AfterEach
    void everythingIsReleased() {
        first.close();
        second.close();
        firstCatalog.close();
        secondCatalog.close();
        lake.close();
        memory.close();
    }

    @Test
    @Timeout(PROMPT_SECONDS)
    void aTaskWithoutRecordsDelaysNobody() {
        stage(first, Lake.IMAGES, 0);

        assertThat(first.commitAll(SourceOffsets.of(Lake.IMAGES, 1)).rows()).isEqualTo(1);
        assertThat(second.commitAll(SourceOffsets.none()).rows()).isZero();
        assertThat(lake.column("id")).containsExactly(0L);
    }

    @Test
    void aTaskThatEndsTakesNoConnectionFromTheOthers() {
        stage(first, Lake.IMAGES, 0);
        stage(second, Lake.OTHERS, 0);
        first.commitAll(SourceOffsets.of(Lake.IMAGES, 1));
        first.close();
        firstCatalog.close();

        assertThat(second.commitAll(SourceOffsets.of(Lake.OTHERS, 1)).rows()).isEqualTo(1);
        stage(second, Lake.OTHERS, 1);
        assertThat(second.commitAll(SourceOffsets.of(Lake.OTHERS, 2)).rows()).isEqualTo(1);
        assertThat(lake.column("id")).containsExactlyInAnyOrder(0L, 100L, 101L);
    }

    private IcebergCatalog catalog() {
        return new IcebergCatalog(Lake.properties(directory), InstantSource.system());
    }

    private static IcebergSink opened(IcebergCatalog catalog, SourcePartition partition) {
        IcebergSink sink = catalog.table(Lake.settings(""));
        sink.open(Set.of(partition));
        return sink;
    }

    /** A row whose id is its offset, in the second partition 100 more. */
    private void stage(IcebergSink sink, SourcePartition partition, long offset) {
        Lake.stage(
                memory,
                sink,
                SCHEMA,
                new SourcePosition(partition, offset),
                List.of(List.of(100L * partition.partition() + offset)));
    }
}
