package io.rowlake.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowlake.event.MalformedEventException;
import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePartition;
import io.rowlake.event.SourcePosition;
import io.rowlake.sink.MemorySink;
import io.rowlake.sink.MemorySink.Step;
import io.rowlake.sink.SinkException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SinkPipelineTest {

    private static final SourcePartition FIRST = new SourcePartition("images", 0);
    private static final SourcePartition SECOND = new SourcePartition("images", 1);

    private final PipelineHarness harness = new PipelineHarness();

    @AfterEach
    void closes() {
        harness.close();
    }

    @Test
    void changesAreInvisibleUntilTheyAreDue() {
        harness.topic(FIRST, 10);
        harness.start(FIRST);

        harness.deliverAll();

        assertThat(harness.table("images").rows()).isEmpty();
        assertThat(harness.committed()).isEqualTo(SourceOffsets.of(FIRST, 0));
    }

    @Test
    void changesAreCommittedOnceTheOldestIsOfAge() {
        harness.topic(FIRST, 10);
        harness.start(FIRST);
        harness.deliverAll();

        harness.pass(PipelineHarness.INTERVAL);
        harness.deliverAll();

        assertThat(harness.table("images").rows()).isEqualTo(positions(FIRST, 0, 10));
        assertThat(harness.committed()).isEqualTo(SourceOffsets.of(FIRST, 10));
        assertThat(harness.counters().rowsCommitted()).isEqualTo(10);
        assertThat(harness.counters().commits()).isEqualTo(1);
    }

    @Test
    void changesAreCommittedOnceThereAreEnough() {
        harness.topic(FIRST, PipelineHarness.ROWS_MAX);
        harness.start(FIRST);

        harness.deliverAll();

        assertThat(harness.table("images").rows()).hasSize(PipelineHarness.ROWS_MAX);
    }

    @Test
    void aFullBatchIsStagedBeforeTheRowThatWouldPassTheBound() {
        harness.topic(FIRST, 500);
        harness.start(FIRST);

        harness.deliverAll();

        assertThat(harness.sink("images").stagedBatches()).isGreaterThan(1);
        assertThat(harness.memory().peakBytes()).isLessThanOrEqualTo(PipelineHarness.BATCH_BYTES);
    }

    @Test
    void recordsThatTheDestinationHasAreTakenOnce() {
        harness.topic(FIRST, 10);
        harness.start(FIRST);
        harness.renaming("pictures");
        harness.publishAs(new MemorySink(harness.table("pictures")), FIRST, 0, 6);

        harness.deliverAll();
        harness.deliverAll();
        harness.commit();

        assertThat(harness.table("pictures").rows()).isEqualTo(positions(FIRST, 0, 10));
        assertThat(harness.counters().skippedRecords()).isEqualTo(10);
    }

    @Test
    void aRestartGoesOnWhereTheDestinationStands() {
        harness.topic(FIRST, 10);
        harness.start(FIRST);
        harness.deliverAll();
        harness.commit();
        harness.topic(FIRST, 15);
        harness.crash();

        harness.start(FIRST);
        harness.deliverAll();
        harness.commit();

        assertThat(harness.table("images").rows()).isEqualTo(positions(FIRST, 0, 15));
    }

    @Test
    void aTableThatWasRolledBackIsFilledAgain() {
        harness.topic(FIRST, 10);
        harness.start(FIRST);
        harness.deliverAll();
        harness.commit();
        harness.crash();
        harness.table("images").rollbackTo(SourceOffsets.of(FIRST, 4));

        harness.start(FIRST);
        harness.deliverAll();
        harness.commit();

        assertThat(harness.table("images").rows()).isEqualTo(positions(FIRST, 0, 10));
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void anOutageAtAnyStepLosesNothingAndDoublesNothing(Step step) {
        harness.topic(FIRST, 10);
        harness.topic(SECOND, 10);
        harness.failAt("images", step);
        harness.start(FIRST, SECOND);
        harness.deliverAll();
        harness.commit();

        harness.pass(PipelineHarness.BACKOFF);
        harness.deliverAll();
        harness.deliverAll();
        harness.commit();

        assertThat(harness.table("images").rows()).hasSize(20).doesNotHaveDuplicates();
        assertThat(harness.committed()).isEqualTo(SourceOffsets.of(Map.of(FIRST, 10L, SECOND, 10L)));
        assertThat(harness.counters().retries()).isEqualTo(1);
        assertThat(harness.paused()).isEmpty();
    }

    @Test
    void aPartitionThatComesDuringAnOutageWaitsForItsEnd() {
        harness.topic(FIRST, 10);
        harness.topic(SECOND, 10);
        harness.failAt("images", Step.COMMIT_BEFORE_PUBLISHING);
        harness.start(FIRST);
        harness.deliverAll();
        harness.commit();

        harness.open(SECOND);
        assertThat(harness.paused()).containsExactlyInAnyOrder(FIRST, SECOND);
        harness.pass(PipelineHarness.BACKOFF);
        harness.deliverAll();
        harness.deliverAll();
        harness.commit();

        assertThat(harness.table("images").rows()).hasSize(20).doesNotHaveDuplicates();
    }

    @Test
    void anOutageBeyondTheDeliveryTimeoutFailsTheTask() {
        harness.topic(FIRST, 10);
        harness.failAt("images", Step.COMMIT_BEFORE_PUBLISHING);
        harness.failAt("images", Step.OPEN);
        harness.start(FIRST);
        harness.deliverAll();
        harness.commit();

        harness.pass(PipelineHarness.DELIVERY_TIMEOUT);

        assertThatThrownBy(harness::deliverAll)
                .isInstanceOf(SinkException.class)
                .hasMessage(
                        "Cannot reach images for 60000 ms (delivery.timeout.ms): The table is out of reach at OPEN");
    }

    @Test
    void oneTablesOutageLeavesTheOthersAlone() {
        var audio = new SourcePartition("audio", 0);
        harness.topic(FIRST, 10);
        harness.topic(audio, 10);
        harness.failAt("images", Step.COMMIT_BEFORE_PUBLISHING);
        harness.start(FIRST, audio);
        harness.deliverAll();

        harness.commit();

        assertThat(harness.table("audio").rows()).hasSize(10);
        assertThat(harness.paused()).containsExactly(FIRST);
    }

    @Test
    void aTaskThatWasOvertakenPublishesNothingAndReadsAgain() {
        harness.topic(FIRST, 10);
        harness.start(FIRST);
        harness.deliver(harness.records(FIRST, 0, 10));
        var winner = new MemorySink(harness.table("images"));
        harness.publishAs(winner, FIRST, 0, 4);

        harness.commit();
        harness.deliverAll();
        harness.commit();

        assertThat(harness.table("images").rows()).isEqualTo(positions(FIRST, 0, 10));
        assertThat(harness.counters().overtakenCommits()).isEqualTo(1);
    }

    @Test
    void partitionsThatAreGivenUpAreCommittedFirst() {
        harness.topic(FIRST, 10);
        harness.topic(SECOND, 10);
        harness.start(FIRST, SECOND);
        harness.deliverAll();
        MemorySink sink = harness.sink("images");

        harness.giveUp(FIRST);

        assertThat(harness.table("images").rows()).hasSize(20);
        assertThat(harness.committed()).isEqualTo(SourceOffsets.of(SECOND, 10));
        assertThat(sink.isClosed()).isFalse();
        harness.giveUp(SECOND);
        assertThat(sink.isClosed()).isTrue();
    }

    @Test
    void badRecordsAndIgnoredDeletesMoveTheOffsetOn() {
        harness.topic(FIRST, 2);
        harness.start(FIRST);
        harness.deliverAll();

        assertThatThrownBy(() -> harness.accept(harness.record(FIRST, 2, "{\"id\":")))
                .isInstanceOf(MalformedEventException.class);
        harness.reject(new SourcePosition(FIRST, 2));
        harness.accept(harness.tombstone(FIRST, 3));
        harness.commit();

        assertThat(harness.committed()).isEqualTo(SourceOffsets.of(FIRST, 4));
        assertThat(harness.counters().badRecords()).isEqualTo(1);
        assertThat(harness.counters().ignoredDeletes()).isEqualTo(1);
        assertThat(harness.table("images").rows()).hasSize(2);
    }

    @Test
    void aRenamedTopicIsFoundOutWithItsFirstRecord() {
        harness.topic(FIRST, 10);
        harness.start(FIRST);
        harness.renaming("pictures");
        harness.deliverAll();
        harness.commit();
        harness.crash();

        harness.start(FIRST);
        harness.renaming("pictures");
        harness.deliver(harness.records(FIRST, 5, 10));
        harness.deliverAll();
        harness.commit();

        assertThat(harness.table("pictures").rows()).isEqualTo(positions(FIRST, 0, 10));
        assertThat(harness.committed()).isEqualTo(SourceOffsets.of(FIRST, 10));
    }

    @Test
    void aRenamedTopicMayBeginWithABadRecord() {
        harness.topic(FIRST, 3);
        harness.start(FIRST);
        harness.renaming("pictures");

        harness.rejectAs("pictures", new SourcePosition(FIRST, 0));
        harness.deliver(harness.records(FIRST, 1, 3));
        harness.commit();

        assertThat(harness.table("pictures").rows()).isEqualTo(positions(FIRST, 1, 3));
        assertThat(harness.committed()).isEqualTo(SourceOffsets.of(FIRST, 3));
    }

    @Test
    void aBadRecordBehindARewindDoesNotHideTheRecordsBeforeIt() {
        harness.topic(FIRST, 10);
        harness.start(FIRST);
        harness.renaming("pictures");
        harness.deliver(harness.records(FIRST, 0, 5));
        harness.commit();
        harness.crash();
        harness.start(FIRST);

        harness.accept(harness.record(FIRST, 7, "{\"id\":7}"));
        harness.rejectAs("pictures", new SourcePosition(FIRST, 8));
        harness.deliverAll();
        harness.commit();

        assertThat(harness.table("pictures").rows()).isEqualTo(positions(FIRST, 0, 10));
    }

    @Test
    void aPolicyWithoutLimitsIsRefused() {
        assertThatThrownBy(() -> new FlushPolicy(
                        0,
                        1,
                        Duration.ofMillis(1),
                        Duration.ofMillis(1),
                        Duration.ofMillis(1),
                        Duration.ofMillis(1),
                        1))
                .hasMessage("batchBytesMax must be positive but was 0");
    }

    private static List<SourcePosition> positions(SourcePartition partition, long from, long to) {
        return LongStream.range(from, to)
                .mapToObj(offset -> new SourcePosition(partition, offset))
                .toList();
    }
}
