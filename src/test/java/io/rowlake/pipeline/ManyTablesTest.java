package io.rowlake.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowlake.event.SourcePartition;
import io.rowlake.sink.SinkException;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several tables in one task. */
class ManyTablesTest {

    private static final SourcePartition IMAGES = new SourcePartition("images", 0);
    private static final SourcePartition LABELS = new SourcePartition("labels", 0);
    private static final SourcePartition SCORES = new SourcePartition("scores", 0);

    private final PipelineHarness harness = new PipelineHarness();

    @AfterEach
    void everythingIsReleased() {
        harness.close();
    }

    @Test
    void tablesAreCommittedAtTheSameTime() {
        startWithRecords(IMAGES, LABELS);
        var both = new CyclicBarrier(2);
        harness.sink("images").beforeCommit(() -> meet(both));
        harness.sink("labels").beforeCommit(() -> meet(both));

        harness.commit();

        assertThat(harness.table(IMAGES.topic()).rows()).hasSize(5);
        assertThat(harness.table(LABELS.topic()).rows()).hasSize(5);
    }

    @Test
    void noMoreTablesThanThereAreThreadsAreCommittedAtTheSameTime() {
        startWithRecords(IMAGES, LABELS, SCORES);

        harness.commit();

        assertThat(harness.table(IMAGES.topic()).rows()).hasSize(5);
        assertThat(harness.table(LABELS.topic()).rows()).hasSize(5);
        assertThat(harness.table(SCORES.topic()).rows()).hasSize(5);
    }

    @Test
    void aTableThatFailsKeepsNoOtherOneFromItsCommit() {
        startWithRecords(IMAGES, LABELS, SCORES);
        harness.sink("images").beforeCommit(() -> {
            throw new SinkException("Cannot commit to table 'images': it was dropped");
        });
        harness.sink("scores").beforeCommit(() -> {
            throw new SinkException("Cannot commit to table 'scores': it was dropped");
        });

        assertThatThrownBy(harness::commit)
                .isInstanceOf(SinkException.class)
                .hasMessage("Cannot commit to table 'images': it was dropped")
                .satisfies(failure -> assertThat(failure.getSuppressed())
                        .extracting(Throwable::getMessage)
                        .containsExactly("Cannot commit to table 'scores': it was dropped"));

        assertThat(harness.table(LABELS.topic()).rows()).hasSize(5);
        assertThat(harness.committed().next(LABELS)).hasValue(5);
        assertThat(harness.committed().next(IMAGES)).hasValue(0);
    }

    private void startWithRecords(SourcePartition... partitions) {
        for (SourcePartition partition : partitions) {
            harness.topic(partition, 5);
        }
        harness.start(partitions);
        harness.deliverAll();
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException("The other table is not committed at the same time", e);
        }
    }
}
