package io.rowlake.sink.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowlake.batch.BatchMemory;
import io.rowlake.event.Column;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePartition;
import io.rowlake.event.SourcePosition;
import io.rowlake.event.TableSchema;
import io.rowlake.sink.CommitResult;
import io.rowlake.sink.RetriableSinkException;
import io.rowlake.sink.iceberg.FaultyCatalog.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.iceberg.catalog.TableIdentifier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks of one worker that commit to one table. */
class TableCommitterTest {

    private static final TableSchema SCHEMA = new TableSchema(List.of(new Column("id", Scalar.LONG)), List.of());
    private static final int TASKS = 5;

    private final BatchMemory memory = new BatchMemory();
    private final ExecutorService threads = Executors.newFixedThreadPool(TASKS);
    private final TableCommitter committer = new TableCommitter(Optional.empty());
    private final List<IcebergSink> sinks = new ArrayList<>();
    private Lake lake;
    private FaultyCatalog catalog;

    @TempDir
    private Path directory;

    @BeforeEach
    void aTableWithOneRow() {
        lake = new Lake(directory);
        catalog = new FaultyCatalog(lake.catalog());
        IcebergSink sink = opened(partition(100));
        stage(sink, partition(100), SCHEMA, List.of(100L));
        sink.commitAll(SourceOffsets.of(partition(100), 1));
    }

    @AfterEach
    void everythingIsReleased() {
        threads.shutdown();
        sinks.forEach(IcebergSink::close);
        lake.close();
        memory.close();
    }

    @Test
    void tasksThatWaitForOneAreCommittedInOneSnapshot() {
        var first = new Blocked();
        catalog.beforeNextCommit(first);
        List<CompletableFuture<CommitResult>> commits = new ArrayList<>();
        commits.add(staged(0));
        first.await();
        IntStream.range(1, TASKS).forEach(task -> commits.add(staged(task)));
        awaitWaiting(TASKS - 1);

        first.release();

        IntStream.range(0, TASKS)
                .forEach(task -> assertThat(commits.get(task).join())
                        .isEqualTo(CommitResult.complete(SourceOffsets.of(partition(task), 1), 1)));
        assertThat(snapshots()).isEqualTo(3);
        assertThat(lake.column("id")).containsExactlyInAnyOrder(100L, 0L, 1L, 2L, 3L, 4L);
        SourceOffsets ledger = IcebergLedger.read(lake.table(), Optional.empty());
        IntStream.range(0, TASKS)
                .forEach(task -> assertThat(ledger.next(partition(task))).hasValue(1));
    }

    @Test
    void ofTwoTasksThatHaveOnePartitionOnlyOneIsCommitted() {
        IcebergSink replaced = opened(partition(1));
        IcebergSink owner = opened(partition(1));
        stage(replaced, partition(1), SCHEMA, List.of(1L));
        stage(owner, partition(1), SCHEMA, List.of(1L));
        var first = new Blocked();
        catalog.beforeNextCommit(first);
        CompletableFuture<CommitResult> other = staged(0);
        first.await();
        CompletableFuture<CommitResult> one = commit(replaced, partition(1));
        CompletableFuture<CommitResult> two = commit(owner, partition(1));
        awaitWaiting(2);

        first.release();

        other.join();
        assertThat(List.of(one.join().overtaken(), two.join().overtaken()))
                .containsExactlyInAnyOrder(Set.of(), Set.of(partition(1)));
        assertThat(lake.column("id")).containsExactlyInAnyOrder(100L, 0L, 1L);
    }

    @Test
    void aTaskWhoseColumnsDoNotFitThoseOfAnotherReadsItsRowsAgainAlone() {
        var label =
                new TableSchema(List.of(new Column("id", Scalar.LONG), new Column("label", Scalar.STRING)), List.of());
        var score =
                new TableSchema(List.of(new Column("id", Scalar.LONG), new Column("score", Scalar.DOUBLE)), List.of());
        IcebergSink one = opened(partition(1));
        IcebergSink two = opened(partition(2));
        stage(one, partition(1), label, List.of(1L, "one"));
        stage(two, partition(2), score, List.of(2L, 0.5));
        var first = new Blocked();
        catalog.beforeNextCommit(first);
        CompletableFuture<CommitResult> other = staged(0);
        first.await();
        CompletableFuture<CommitResult> fits = commit(one, partition(1));
        awaitWaiting(1);
        CompletableFuture<CommitResult> doesNot = commit(two, partition(2));
        awaitWaiting(2);

        first.release();

        other.join();
        assertThat(fits.join().rows()).isEqualTo(1);
        assertThatThrownBy(doesNot::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(RetriableSinkException.class)
                .hasMessage("Cannot commit to table 'lake.images': column 'score' was changed by somebody else"
                        + " meanwhile; the rows are read again");
        assertThat(lake.column("label")).containsExactlyInAnyOrder(null, null, "one");
    }

    @Test
    void theAnswerOfACommitOfSeveralTasksMayBeLost() {
        var first = new Blocked();
        catalog.beforeNextCommit(first);
        CompletableFuture<CommitResult> other = staged(0);
        first.await();
        CompletableFuture<CommitResult> one = staged(1);
        CompletableFuture<CommitResult> two = staged(2);
        awaitWaiting(2);
        catalog.failAfter(1, Fault.APPLIED_AND_UNKNOWN);

        first.release();

        other.join();
        assertThat(List.of(one.join().rows(), two.join().rows())).containsExactly(1L, 1L);
        assertThat(lake.column("id")).containsExactlyInAnyOrder(100L, 0L, 1L, 2L);
        assertThat(snapshots()).isEqualTo(3);
    }

    @Test
    void aTaskDoesNotWaitForEverForOneThatHangs() {
        IcebergSink hanging = opened(partition(0));
        IcebergSink waiting = opened(partition(1), Duration.ofMillis(100));
        stage(hanging, partition(0), SCHEMA, List.of(0L));
        stage(waiting, partition(1), SCHEMA, List.of(1L));
        var first = new Blocked();
        catalog.beforeNextCommit(first);
        CompletableFuture<CommitResult> hangs = commit(hanging, partition(0));
        first.await();

        assertThatThrownBy(() -> waiting.commitAll(SourceOffsets.of(partition(1), 1)))
                .isInstanceOf(RetriableSinkException.class)
                .hasMessage(
                        "Cannot commit to table 'lake.images' in time: another task of this worker has been committing"
                                + " to it since before");

        first.release();
        assertThat(hangs.join().rows()).isEqualTo(1);
        waiting.discard();
        assertThat(waiting.open(Set.of(partition(1)))).isEqualTo(SourceOffsets.none());
        stage(waiting, partition(1), SCHEMA, List.of(1L));
        waiting.commitAll(SourceOffsets.of(partition(1), 1));
        assertThat(lake.column("id")).containsExactlyInAnyOrder(100L, 0L, 1L);
    }

    @Test
    void aTaskWhoseCommitterEndsWithAnErrorTriesAgain() {
        IcebergSink waiting = opened(partition(1));
        stage(waiting, partition(1), SCHEMA, List.of(1L));
        var first = new Blocked();
        catalog.beforeNextCommit(first);
        CompletableFuture<CommitResult> hangs = staged(0);
        first.await();
        CompletableFuture<CommitResult> one = staged(2);
        awaitWaiting(1);
        CompletableFuture<CommitResult> two = commit(waiting, partition(1));
        awaitWaiting(2);
        catalog.beforeNextCommit(() -> {
            throw new OutOfMemoryError("Java heap space");
        });

        first.release();

        hangs.join();
        assertThat(List.of(failure(one), failure(two)))
                .containsExactlyInAnyOrder(
                        "java.lang.OutOfMemoryError: Java heap space",
                        "io.rowlake.sink.RetriableSinkException: Cannot commit to table 'lake.images': the task that"
                                + " committed for this one has ended");
        waiting.discard();
        waiting.open(Set.of(partition(1)));
        stage(waiting, partition(1), SCHEMA, List.of(1L));
        waiting.commitAll(SourceOffsets.of(partition(1), 1));
        assertThat(lake.column("id")).containsExactlyInAnyOrder(100L, 0L, 1L);
    }

    @Test
    void tasksOfAConnectorShareTheCommitterOfATableAndOthersDoNot() {
        IcebergSettings table = Lake.settings("");
        TableCommitter shared = TableCommitter.shared(Lake.properties(directory), table.table(), Optional.empty());

        assertThat(TableCommitter.shared(Lake.properties(directory), table.table(), Optional.empty()))
                .isSameAs(shared);
        assertThat(TableCommitter.shared(Lake.properties(directory), table.table(), Optional.of("audit")))
                .isNotSameAs(shared);
        assertThat(TableCommitter.shared(Map.of("uri", "other"), table.table(), Optional.empty()))
                .isNotSameAs(shared);
    }

    /** A commit that stops until it is released. */
    private static final class Blocked implements Runnable {

        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);

        @Override
        public void run() {
            begun.countDown();
            uninterrupted(released);
        }

        void await() {
            uninterrupted(begun);
        }

        void release() {
            released.countDown();
        }

        private static void uninterrupted(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static String failure(CompletableFuture<CommitResult> commit) {
        return commit.handle((result, failure) -> String.valueOf(failure.getCause()))
                .join();
    }

    private static SourcePartition partition(int task) {
        return new SourcePartition("images", task);
    }

    private CompletableFuture<CommitResult> staged(int task) {
        IcebergSink sink = opened(partition(task));
        stage(sink, partition(task), SCHEMA, List.of((long) task));
        return commit(sink, partition(task));
    }

    private CompletableFuture<CommitResult> commit(IcebergSink sink, SourcePartition partition) {
        return CompletableFuture.supplyAsync(() -> sink.commitAll(SourceOffsets.of(partition, 1)), threads);
    }

    private void awaitWaiting(int requests) {
        Awaitility.await().until(() -> committer.waiting() == requests);
    }

    private IcebergSink opened(SourcePartition partition) {
        return opened(partition, Duration.ofSeconds(60));
    }

    private IcebergSink opened(SourcePartition partition, Duration commitTimeout) {
        IcebergSettings defaults = Lake.settings("");
        var settings = new IcebergSettings(
                defaults.table(),
                defaults.partitions(),
                defaults.branch(),
                defaults.formatVersion(),
                defaults.existing(),
                commitTimeout);
        var sink =
                new IcebergSink(new TableAccess(() -> catalog, settings), settings, committer, InstantSource.system());
        sink.open(Set.of(partition));
        sinks.add(sink);
        return sink;
    }

    private void stage(IcebergSink sink, SourcePartition partition, TableSchema schema, List<?> row) {
        Lake.stage(memory, sink, schema, new SourcePosition(partition, 0), List.of(row));
    }

    private long snapshots() {
        return lake.catalog()
                .loadTable(TableIdentifier.parse(Lake.TABLE))
                .history()
                .size();
    }
}
