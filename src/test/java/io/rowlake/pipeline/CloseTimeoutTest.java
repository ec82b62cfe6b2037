package io.rowlake.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePartition;
import io.rowlake.event.SourcePosition;
import io.rowlake.sink.MemorySink;
import io.rowlake.sink.MemorySink.Step;
import io.rowlake.sink.RetriableSinkException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Partitions are given up while the destination doesn't answer. */
class CloseTimeoutTest {

    private static final SourcePartition FIRST = new SourcePartition("images", 0);
    private static final SourcePartition SECOND = new SourcePartition("images", 1);
    private static final SourcePartition LABELS = new SourcePartition("labels", 0);
    private static final String TABLE = FIRST.topic();

    private final PipelineHarness harness = new PipelineHarness();
    private final CountDownLatch answer = new CountDownLatch(1);
    private MemorySink late = harness.sink(TABLE);

    @BeforeEach
    void theTableDoesNotAnswer() {
        harness.closeTimeout(Duration.ofMillis(50));
        harness.topic(FIRST, 5);
        harness.topic(SECOND, 5);
        harness.start(FIRST, SECOND);
        harness.deliverAll();
        late = harness.sink(TABLE);
        late.beforeCommit(this::hang);
        harness.forgetSink(TABLE);
    }

    @AfterEach
    void everythingIsReleased() {
        answer.countDown();
        harness.close();
    }

    @Test
    void aTaskGivesItsPartitionsUpWithoutWaitingForTheCommit() {
        harness.giveUp(FIRST);
        harness.giveUp(SECOND);

        assertThat(harness.table(TABLE).rows()).isEmpty();
        assertThat(late.isClosed()).isFalse();
        answer.countDown();
        await().until(late::isClosed);
        assertThat(harness.table(TABLE).rows()).hasSize(10);
    }

    @Test
    void partitionsThatStayAreReadAgainAndWrittenOnce() {
        harness.giveUp(FIRST);
        harness.deliverAll();
        harness.commit();

        assertThat(harness.table(TABLE).rows()).containsExactlyElementsOf(positions(SECOND, 5));
        assertThat(harness.committed()).isEqualTo(SourceOffsets.of(SECOND, 5));
    }

    @Test
    void aLateCommitThatGoesThroughOvertakesThePartitionsThatStayed() {
        harness.giveUp(FIRST);
        harness.deliverAll();
        answer.countDown();
        await().until(late::isClosed);
        harness.commit();
        harness.topic(SECOND, 7);
        harness.deliverAll();
        harness.commit();

        assertThat(harness.table(TABLE).ledger()).isEqualTo(SourceOffsets.of(Map.of(FIRST, 5L, SECOND, 7L)));
        assertThat(harness.table(TABLE).rows()).hasSize(12).doesNotHaveDuplicates();
    }

    @Test
    void aTaskThatStopsInterruptsTheLateCommit() {
        harness.giveUp(FIRST);

        harness.crash();

        await().until(late::isClosed);
        assertThat(harness.table(TABLE).rows()).isEmpty();
    }

    @Test
    void aCommitThatEndsWhileAnotherOneIsSettledStaysLate() {
        harness.topic(LABELS, 5);
        harness.open(LABELS);
        harness.deliverAll();
        harness.failAt(LABELS.topic(), Step.COMMIT_BEFORE_PUBLISHING);
        harness.failAt(LABELS.topic(), Step.COMMIT_BEFORE_PUBLISHING);
        late.failAt(Step.COMMIT_BEFORE_PUBLISHING);
        harness.onRewind(this::endTheLateCommit);

        harness.giveUp(FIRST, LABELS);
        harness.onRewind(() -> {});
        harness.topic(SECOND, 7);
        harness.deliverAll();
        harness.commit();

        assertThat(harness.table(TABLE).rows()).containsExactlyElementsOf(positions(SECOND, 7));
    }

    private void endTheLateCommit() {
        answer.countDown();
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().endsWith("-commit"))
                .allMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING));
    }

    private void hang() {
        try {
            answer.await();
        } catch (InterruptedException e) {
            throw new RetriableSinkException("Interrupted", e);
        }
    }

    private static List<SourcePosition> positions(SourcePartition partition, long end) {
        return LongStream.range(0, end)
                .mapToObj(offset -> new SourcePosition(partition, offset))
                .toList();
    }
}
