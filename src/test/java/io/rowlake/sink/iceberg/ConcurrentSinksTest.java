package io.rowlake.sink.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowlake.batch.BatchMemory;
import io.rowlake.batch.Batches;
import io.rowlake.event.Column;
import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.ColumnType.StructType;
import io.rowlake.event.Operation;
import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePartition;
import io.rowlake.event.SourcePosition;
import io.rowlake.event.TableSchema;
import io.rowlake.sink.CommitResult;
import io.rowlake.sink.RetriableSinkException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConcurrentSinksTest extends LakeTest {

    private static final int COMMITS = 15;

    @Test
    void twoSinksOfOneTableWriteEachRowOnce() throws Exception {
        Map<SourcePartition, Long> starts = Map.of(IMAGES, 0L, OTHERS, 1_000L);

        atTheSameTime(partition -> {
            try (IcebergCatalog catalog = lake.newCatalog();
                    BatchMemory own = new BatchMemory();
                    IcebergSink sink = catalog.table(Lake.settings(""))) {
                sink.open(Set.of(partition));
                long start = starts.getOrDefault(partition, 0L);
                for (long offset = start; offset < start + COMMITS; offset++) {
                    Lake.stage(own, sink, SCHEMA, new SourcePosition(partition, offset), List.of(List.of(offset)));
                    CommitResult result = sink.commitAll(SourceOffsets.of(partition, offset + 1));
                    assertThat(result).isEqualTo(CommitResult.complete(SourceOffsets.of(partition, offset + 1), 1));
                }
            }
            return true;
        });

        assertThat(ledger()).isEqualTo(SourceOffsets.of(Map.of(IMAGES, 15L, OTHERS, 1_015L)));
        assertThat(lake.column("id"))
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.concat(LongStream.range(0, 15), LongStream.range(1_000, 1_015))
                                .boxed()
                                .toList());
    }

    @Test
    void catalogsThatAreOpenedForTheFirstTimeTogetherAreOneCatalog() throws Exception {
        for (int round = 0; round < 10; round++) {
            var fresh = new Lake(Files.createDirectory(directory.resolve("round" + round)));
            try (fresh) {
                atTheSameTime(partition -> {
                    try (IcebergCatalog catalog = fresh.newCatalog();
                            BatchMemory own = new BatchMemory();
                            IcebergSink sink = catalog.table(Lake.settings(""))) {
                        sink.open(Set.of(partition));
                        long id = partition.partition();
                        Lake.stage(own, sink, SCHEMA, new SourcePosition(partition, 0), List.of(List.of(id)));
                        sink.commitAll(SourceOffsets.of(partition, 1));
                    }
                    return true;
                });

                assertThat(fresh.column("id")).containsExactlyInAnyOrder(0L, 1L);
            }
        }
    }

    @Test
    void aTableThatWasCreatedMeanwhileWithOtherTypesHasTheRowsReadAgain() {
        var narrow = schema(new Column("n", Scalar.INT));
        var wide = schema(new Column("n", Scalar.LONG));
        IcebergSink slow = opened(lake.sink(), IMAGES);
        slow.reconcile(narrow);

        commit(opened(lake.sink(), OTHERS), OTHERS, wide, 10L, 1L << 40);

        assertThatThrownBy(() -> stageMadeFor(slow, narrow, List.of(0L, 1)))
                .isInstanceOf(RetriableSinkException.class)
                .hasMessage("Cannot write rows for table 'lake.images': its columns were changed after the rows were"
                        + " read; they are read again");
        slow.discard();
        slow.open(Set.of(IMAGES));
        commit(slow, IMAGES, narrow, 0L, 1);
        assertThat(lake.column("n")).containsExactlyInAnyOrder(1L << 40, 1L);
    }

    @Test
    void twoSinksAddTheSameColumn() {
        var grown = schema(new Column("score", Scalar.DOUBLE));
        IcebergSink first = createdAndOpened();
        IcebergSink second = opened(lake.sink(), OTHERS);

        stage(first, IMAGES, grown, 1L, 0.5);
        stage(second, OTHERS, grown, 2L, 1.5);
        first.commitAll(SourceOffsets.of(IMAGES, 2));
        second.commitAll(SourceOffsets.of(OTHERS, 1));

        assertThat(lake.table().schema().columns()).hasSize(2);
        assertThat(lake.column("score")).containsExactlyInAnyOrder(null, 0.5, 1.5);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void twoSinksAddDifferentColumns(boolean sameType) {
        var ours = schema(new Column("ours", Scalar.DOUBLE));
        var theirs = schema(new Column("theirs", sameType ? Scalar.DOUBLE : Scalar.STRING));
        Object theirValue = sameType ? 1.5 : "text";
        IcebergSink first = createdAndOpened();
        IcebergSink second = opened(lake.sink(), OTHERS);

        stage(first, IMAGES, ours, 1L, 0.5);
        stage(second, OTHERS, theirs, 2L, theirValue);
        first.commitAll(SourceOffsets.of(IMAGES, 2));
        assertThatThrownBy(() -> second.commitAll(SourceOffsets.of(OTHERS, 1)))
                .isInstanceOf(RetriableSinkException.class)
                .hasMessage("Cannot commit to table 'lake.images': column 'theirs' was changed by somebody else"
                        + " meanwhile; the rows are read again");
        second.discard();
        second.open(Set.of(OTHERS));
        commit(second, OTHERS, theirs, 2L, theirValue);

        assertThat(lake.column("ours")).containsExactlyInAnyOrder(null, 0.5, null);
        assertThat(lake.column("theirs")).containsExactlyInAnyOrder(null, null, theirValue);
        assertThat(lake.parquetFilesOnDisk()).hasSize(3);
    }

    @Test
    void aFieldOfAStructIsNoColumnOfTheSameName() {
        var base = schema(new Column("s", struct(new Column("x", Scalar.LONG))));
        IcebergSink first = opened(lake.sink(), IMAGES);
        commit(first, IMAGES, base, 0L, List.of(1L));
        IcebergSink second = opened(lake.sink(), OTHERS);

        stage(first, IMAGES, schema(new Column("a", Scalar.LONG)), 1L, 5L);
        var inStruct = schema(new Column("s", struct(new Column("x", Scalar.LONG), new Column("a", Scalar.LONG))));
        stage(second, OTHERS, inStruct, 2L, List.of(1L, 7L));
        first.commitAll(SourceOffsets.of(IMAGES, 2));

        assertThatThrownBy(() -> second.commitAll(SourceOffsets.of(OTHERS, 1)))
                .isInstanceOf(RetriableSinkException.class)
                .hasMessageStartingWith("Cannot commit to table 'lake.images': column 's.a' was changed");
    }

    @Test
    void aStructThatIsNewGrowsBeforeItIsCommitted() {
        IcebergSink sink = createdAndOpened();

        stage(sink, IMAGES, schema(new Column("s", struct(new Column("a", Scalar.INT)))), 1L, List.of(1));
        stage(
                sink,
                IMAGES,
                schema(new Column("s", struct(new Column("a", Scalar.LONG), new Column("b", Scalar.STRING)))),
                2L,
                List.of(2L, "x"));
        sink.commitAll(SourceOffsets.of(IMAGES, 3));

        assertThat(lake.records().stream().map(row -> String.valueOf(row.getField("s"))))
                .containsExactlyInAnyOrder("null", "Record(1, null)", "Record(2, x)");
    }

    @Test
    void rowsMadeForANarrowerColumnThanIsStagedAreReadAgain() {
        IcebergSink sink = createdAndOpened();
        var narrow = schema(new Column("n", Scalar.INT));
        stage(sink, IMAGES, narrow, 1L, 1);
        stage(sink, IMAGES, schema(new Column("n", Scalar.LONG)), 2L, 2L);

        assertThatThrownBy(() -> stageMadeFor(sink, narrow, List.of(3L, 3))).isInstanceOf(RetriableSinkException.class);
        stage(sink, IMAGES, narrow, 3L, 3);
        sink.commitAll(SourceOffsets.of(IMAGES, 4));

        assertThat(lake.column("n")).containsExactlyInAnyOrder(null, 1L, 2L, 3L);
    }

    @Test
    void aColumnThatIsDroppedMeanwhileIsAddedAnewAfterTheRowsAreReadAgain() {
        var grown = schema(new Column("score", Scalar.DOUBLE));
        IcebergSink sink = createdAndOpened();
        commit(sink, IMAGES, grown, 1L, 0.5);
        stage(sink, IMAGES, grown, 2L, 1.5);

        Table table = lake.table();
        table.updateSchema().deleteColumn("score").commit();
        table.updateSchema().addColumn("score", Types.DoubleType.get()).commit();

        assertThatThrownBy(() -> sink.commitAll(SourceOffsets.of(IMAGES, 3)))
                .isInstanceOf(RetriableSinkException.class)
                .hasMessageStartingWith("Cannot commit to table 'lake.images': column 'score' was changed");
    }

    private IcebergSink createdAndOpened() {
        IcebergSink sink = opened(lake.sink(), IMAGES);
        commit(sink, IMAGES, 0);
        return sink;
    }

    private void commit(IcebergSink sink, SourcePartition partition, TableSchema schema, Object id, Object value) {
        stage(sink, partition, schema, id, value);
        sink.commitAll(SourceOffsets.of(partition, (Long) id + 1));
    }

    private void stage(IcebergSink sink, SourcePartition partition, TableSchema schema, Object id, Object value) {
        Lake.stage(memory, sink, schema, new SourcePosition(partition, 0), List.of(Arrays.asList(id, value)));
    }

    /** Stages a row in columns that came from an earlier look at the table. */
    private void stageMadeFor(IcebergSink sink, TableSchema target, List<?> row) {
        try (var batch = Batches.of(memory, target)
                .row(new SourcePosition(IMAGES, 0), Operation.CREATE, row.toArray())
                .build()) {
            sink.stage(batch);
        }
    }

    private static TableSchema schema(Column column) {
        return new TableSchema(List.of(ID, column), List.of());
    }

    private static ColumnType struct(Column... fields) {
        return new StructType(List.of(fields));
    }

    /** Runs the task for both partitions, each in a thread of its own. */
    private static void atTheSameTime(Function<SourcePartition, Boolean> task) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        var start = new CountDownLatch(2);
        try {
            List<Future<Boolean>> running = List.of(IMAGES, OTHERS).stream()
                    .map(partition -> threads.submit(() -> {
                        start.countDown();
                        start.await();
                        return task.apply(partition);
                    }))
                    .toList();
            for (Future<Boolean> one : running) {
                assertThat(one.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
