package io.rowlake.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePartition;
import io.rowlake.sink.MemorySink.Step;
import io.rowlake.sink.SourceResetException;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RecreatedTopicsTest {

    private static final SourcePartition IMAGES = new SourcePartition("images", 0);
    private static final SourcePartition LABELS = new SourcePartition("labels", 0);

    private final PipelineHarness harness = new PipelineHarness();

    @AfterEach
    void everythingIsReleased() {
        harness.close();
    }

    @Test
    void aTopicThatIsCreatedAnewWhileTheTaskRunsStopsIt() {
        harness.topic(IMAGES, 10);
        harness.start(IMAGES);
        harness.deliverAll();
        harness.commit();

        harness.topic(IMAGES, 3);
        harness.kafkaSetsBack(IMAGES, 0);

        assertThatThrownBy(harness::deliverAll)
                .isInstanceOf(SourceResetException.class)
                .hasMessage(
                        "Cannot go on with images-0: images has it up to offset 10, but Kafka went back to offset 0 by"
                                + " itself. The topic was deleted and created anew, or was cut off, so that its offsets stand for"
                                + " other records. None of them is written. Write the new topic to another table or directory, or"
                                + " have this table forget the offsets of the old one: docs/operations.md, Recreated topics");
        assertThat(harness.table("images").rows()).hasSize(10);
    }

    @Test
    void aTopicThatIsCreatedAnewBetweenTwoTasksStopsTheSecond() {
        harness.topic(IMAGES, 10);
        harness.start(IMAGES);
        harness.deliverAll();
        harness.commit();
        harness.crash();

        harness.start(IMAGES);
        harness.topic(IMAGES, 3);
        harness.ignoresRewinds();

        assertThatThrownBy(harness::deliverAll)
                .isInstanceOf(SourceResetException.class)
                .hasMessageStartingWith(
                        "Cannot go on with images-0: images has it up to offset 10, but Kafka went back to offset 0 by"
                                + " itself");
    }

    @Test
    void onlyTheTableOfTheTopicIsParkedAndNeverTriedAgain() {
        harness.onBrokenTable(BrokenTables.Action.PARK);
        harness.topic(IMAGES, 10);
        harness.topic(LABELS, 10);
        harness.start(IMAGES, LABELS);
        harness.deliverAll();
        harness.commit();
        harness.topic(IMAGES, 3);
        harness.kafkaSetsBack(IMAGES, 0);
        harness.deliverAll();

        // The new topic has grown beyond the offset of the old one, so that a try would miss what comes before.
        harness.topic(IMAGES, 20);
        harness.topic(LABELS, 20);
        harness.pass(PipelineHarness.PARKED_RETRY);
        harness.deliverAll();
        harness.commit();

        assertThat(harness.table("images").rows()).hasSize(10);
        assertThat(harness.table("labels").rows()).hasSize(20);
        assertThat(harness.paused()).isEqualTo(Set.of(IMAGES));
        assertThat(harness.counters().parkedTables()).isEqualTo(1);
    }

    @Test
    void aGapAfterARewindIsNoSign() {
        harness.topic(IMAGES, 10);
        harness.start(IMAGES);
        harness.deliverAll();
        harness.commit();
        harness.crash();

        harness.start(IMAGES);
        harness.deliver(harness.records(IMAGES, 14, 16));
        harness.commit();

        assertThat(harness.table("images").rows()).hasSize(12);
        assertThat(harness.committed()).isEqualTo(SourceOffsets.of(IMAGES, 16));
    }

    @Test
    void whatAnOutageMissesOfARenamedTopicIsNotSafeThoughAnotherTableHasMore() {
        harness.start(IMAGES);
        harness.renaming("pictures");
        harness.sink("pictures").failAt(Step.OPEN);
        harness.deliver(harness.records(IMAGES, 6, 7));

        harness.renaming("others");
        harness.deliver(harness.records(IMAGES, 7, 10));
        harness.commit();

        assertThat(harness.table("others").rows()).hasSize(3);
        assertThat(harness.committed()).isEqualTo(SourceOffsets.of(IMAGES, 6));
    }
}
