package io.rowlake.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowlake.batch.BatchMemory;
import io.rowlake.batch.Batches;
import io.rowlake.batch.ChangeBatch;
import io.rowlake.event.Column;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.Operation;
import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePartition;
import io.rowlake.event.SourcePosition;
import io.rowlake.event.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every sink owes, in append form. Each test begins with an empty destination. */
public abstract class TableSinkContract {

    protected static final SourcePartition IMAGES = new SourcePartition("images", 0);
    protected static final SourcePartition OTHERS = new SourcePartition("images", 1);

    private static final Column ID = new Column("id", Scalar.LONG);
    private static final Column LABEL = new Column("label", Scalar.STRING);
    private static final Column SCORE = new Column("score", Scalar.DOUBLE);
    private static final TableSchema SCHEMA = new TableSchema(List.of(ID, LABEL), List.of("id"));
    private static final TableSchema GROWN = new TableSchema(List.of(ID, LABEL, SCORE), List.of("id"));

    protected final BatchMemory memory = new BatchMemory();
    private final List<TableSink> sinks = new ArrayList<>();

    /** A sink of another run of the task, on the destination of this test. */
    protected abstract TableSink newSink();

    /** What a reader sees: {@code id} as {@link Long}, {@code label} as {@link String}, {@code score} as {@link Double}. */
    protected abstract List<Map<String, @Nullable Object>> visibleRows();

    @AfterEach
    protected void everythingIsReleased() {
        sinks.forEach(TableSink::close);
        memory.close();
    }

    @Test
    protected void aDestinationThatIsNewKnowsNoOffset() {
        TableSink sink = started();

        SourceOffsets known = sink.open(Set.of(IMAGES, OTHERS));

        assertThat(known).isEqualTo(SourceOffsets.none());
    }

    @Test
    protected void stagedChangesStayInvisibleUntilCommit() {
        TableSink sink = opened();

        stage(sink, 0, 1, 2);
        assertThat(visibleIds()).isEmpty();
        CommitResult result = sink.commitAll(SourceOffsets.of(IMAGES, 3));

        assertThat(visibleIds()).containsExactlyInAnyOrder(0L, 1L, 2L);
        assertThat(result).isEqualTo(CommitResult.complete(SourceOffsets.of(IMAGES, 3), 3));
    }

    @Test
    protected void commitsGoOnFromEachOther() {
        TableSink sink = opened();

        stage(sink, 0, 1);
        sink.commitAll(SourceOffsets.of(IMAGES, 2));
        stage(sink, 2);
        stage(sink, 3);
        CommitResult result = sink.commitAll(SourceOffsets.of(IMAGES, 4));

        assertThat(visibleIds()).containsExactlyInAnyOrder(0L, 1L, 2L, 3L);
        assertThat(result).isEqualTo(CommitResult.complete(SourceOffsets.of(IMAGES, 4), 2));
    }

    @Test
    protected void valuesAndNullsAreRead() {
        TableSink sink = opened();

        try (ChangeBatch batch = Batches.of(memory, sink.reconcile(SCHEMA))
                .row(at(0), Operation.CREATE, 1L, "tiger, \"striped\" 🐅")
                .row(at(1), Operation.READ, null, "x")
                .build()) {
            sink.stage(batch);
        }
        sink.commitAll(SourceOffsets.of(IMAGES, 2));

        assertThat(visibleRows()).extracting(row -> row.get("id")).containsExactlyInAnyOrder(1L, null);
        assertThat(visibleRows())
                .extracting(row -> row.get("label"))
                .containsExactlyInAnyOrder("tiger, \"striped\" 🐅", "x");
    }

    @Test
    protected void replayedChangesAreWrittenOnce() {
        TableSink crashed = opened();
        stage(crashed, 0, 1);
        crashed.commitAll(SourceOffsets.of(IMAGES, 2));
        stage(crashed, 2, 3);

        TableSink sink = started();
        SourceOffsets known = sink.open(Set.of(IMAGES));
        stage(sink, 2, 3, 4);
        sink.commitAll(SourceOffsets.of(IMAGES, 5));

        assertThat(known).isEqualTo(SourceOffsets.of(IMAGES, 2));
        assertThat(visibleIds()).containsExactlyInAnyOrder(0L, 1L, 2L, 3L, 4L);
    }

    @Test
    protected void aCommitIsKnownToTheNextRunThoughKafkaIsNotTold() {
        TableSink crashed = opened();
        stage(crashed, 0, 1);
        crashed.commitAll(SourceOffsets.of(IMAGES, 7));

        SourceOffsets known = started().open(Set.of(IMAGES, OTHERS));

        assertThat(known).isEqualTo(SourceOffsets.of(IMAGES, 7));
    }

    @Test
    protected void anEmptyCommitReportsWhatWasReachedAndPublishesNothing() {
        TableSink sink = opened();

        CommitResult result = sink.commit(SourceOffsets.of(IMAGES, 42));

        assertThat(result).isEqualTo(CommitResult.complete(SourceOffsets.of(IMAGES, 42), 0));
        assertThat(visibleIds()).isEmpty();
    }

    @Test
    protected void partitionsAreCommittedSideBySide() {
        TableSink sink = started();
        sink.open(Set.of(IMAGES, OTHERS));

        try (ChangeBatch batch = Batches.of(memory, sink.reconcile(SCHEMA))
                .row(at(10), Operation.CREATE, 1L, "a")
                .row(new SourcePosition(OTHERS, 3), Operation.CREATE, 2L, "b")
                .row(at(11), Operation.CREATE, 3L, "c")
                .build()) {
            sink.stage(batch);
        }
        var reached = SourceOffsets.of(Map.of(IMAGES, 12L, OTHERS, 4L));
        CommitResult result = sink.commitAll(reached);

        assertThat(result).isEqualTo(CommitResult.complete(reached, 3));
        assertThat(visibleIds()).containsExactlyInAnyOrder(1L, 2L, 3L);
        assertThat(started().open(Set.of(IMAGES, OTHERS))).isEqualTo(reached);
    }

    @Test
    protected void theSchemaGrowsBetweenBatches() {
        TableSink sink = opened();

        stage(sink, 0);
        try (ChangeBatch batch = Batches.of(memory, sink.reconcile(GROWN))
                .row(at(1), Operation.CREATE, 1L, "b", 0.5)
                .build()) {
            sink.stage(batch);
        }
        sink.commitAll(SourceOffsets.of(IMAGES, 2));

        assertThat(visibleIds()).containsExactlyInAnyOrder(0L, 1L);
        assertThat(visibleRows()).extracting(row -> row.get("score")).containsExactlyInAnyOrder(null, 0.5);
    }

    @Test
    protected void aZombieIsOvertaken() {
        TableSink zombie = opened();
        TableSink successor = opened();
        stage(zombie, 0, 1);
        stage(successor, 0, 1, 2);
        successor.commitAll(SourceOffsets.of(IMAGES, 3));

        CommitResult result = zombie.commitAll(SourceOffsets.of(IMAGES, 2));

        assertThat(result).isEqualTo(new CommitResult(SourceOffsets.of(IMAGES, 3), Set.of(IMAGES), 0));
        assertThat(visibleIds()).containsExactlyInAnyOrder(0L, 1L, 2L);
    }

    @Test
    protected void discardForgets() {
        TableSink sink = opened();
        stage(sink, 0, 1);

        sink.discard();
        sink.open(Set.of(IMAGES));
        stage(sink, 0);
        sink.commitAll(SourceOffsets.of(IMAGES, 1));

        assertThat(visibleIds()).containsExactly(0L);
    }

    @Test
    protected void openingForgetsWhatWasStagedOfThePartition() {
        TableSink sink = opened();
        stage(sink, 0, 1);

        sink.open(Set.of(IMAGES));
        stage(sink, 0);
        sink.commitAll(SourceOffsets.of(IMAGES, 1));

        assertThat(visibleIds()).containsExactly(0L);
    }

    @Test
    protected void deletesAreNotWrittenInAppendForm() {
        TableSink sink = opened();

        try (ChangeBatch batch = Batches.of(memory, sink.reconcile(SCHEMA))
                .row(at(0), Operation.CREATE, 1L, "a")
                .row(at(1), Operation.UPDATE, 1L, "b")
                .row(at(2), Operation.DELETE, 1L, null)
                .row(at(3), Operation.TRUNCATE, null, null)
                .build()) {
            sink.stage(batch);
        }
        CommitResult result = sink.commitAll(SourceOffsets.of(IMAGES, 4));

        assertThat(visibleRows()).extracting(row -> row.get("label")).containsExactlyInAnyOrder("a", "b");
        assertThat(result).isEqualTo(CommitResult.complete(SourceOffsets.of(IMAGES, 4), 2));
    }

    @Test
    protected void closeForgetsStaged() {
        TableSink sink = opened();
        stage(sink, 0, 1);

        sink.close();

        assertThat(visibleIds()).isEmpty();
        assertThat(started().open(Set.of(IMAGES))).isEqualTo(SourceOffsets.none());
    }

    protected final TableSink started() {
        TableSink sink = newSink();
        sinks.add(sink);
        return sink;
    }

    protected final TableSink opened() {
        TableSink sink = started();
        sink.open(Set.of(IMAGES));
        return sink;
    }

    /** Stages new rows of the first partition, whose {@code id} is their offset. */
    protected final void stage(TableSink sink, long... offsets) {
        Batches rows = Batches.of(memory, sink.reconcile(SCHEMA));
        for (long offset : offsets) {
            rows.row(at(offset), Operation.CREATE, offset, "row " + offset);
        }
        try (ChangeBatch batch = rows.build()) {
            sink.stage(batch);
        }
    }

    protected final List<@Nullable Object> visibleIds() {
        return visibleRows().stream()
                .<@Nullable Object>map(row -> row.get("id"))
                .toList();
    }

    private static SourcePosition at(long offset) {
        return new SourcePosition(IMAGES, offset);
    }
}
