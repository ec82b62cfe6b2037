package io.rowlake.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowlake.event.Column;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.SourcePartition;
import io.rowlake.event.TableSchema;
import io.rowlake.pipeline.PipelineParts.SchemaConflicts;
import io.rowlake.sink.MemorySink.Step;
import io.rowlake.sink.SinkException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ParkedTablesTest {

    private static final SourcePartition IMAGES = new SourcePartition("images", 0);
    private static final SourcePartition LABELS = new SourcePartition("labels", 0);
    private static final String DROPPED = "Cannot commit to table 'images': it was dropped";

    private final PipelineHarness harness = new PipelineHarness();

    @BeforeEach
    void brokenTablesAreParked() {
        harness.onBrokenTable(BrokenTables.Action.PARK);
        harness.topic(IMAGES, 5);
        harness.topic(LABELS, 5);
    }

    @AfterEach
    void everythingIsReleased() {
        harness.close();
    }

    @Test
    void theOtherTableGoesOnWhileOneRefusesItsCommit() {
        harness.start(IMAGES, LABELS);
        harness.deliverAll();
        refuseCommits();

        harness.commit();

        assertThat(harness.table("labels").rows()).hasSize(5);
        assertThat(harness.table("images").rows()).isEmpty();
        assertThat(harness.paused()).isEqualTo(Set.of(IMAGES));
        assertThat(harness.committed().next(LABELS)).hasValue(5);
        assertThat(harness.committed().next(IMAGES)).hasValue(0);
        assertThat(harness.counters().parkedTables()).isEqualTo(1);
        assertThat(harness.memory().allocatedBytes()).isZero();
    }

    @Test
    void aTableThatIsMendedGoesOnWithTheNextTryAndLacksNothing() {
        harness.start(IMAGES, LABELS);
        harness.deliverAll();
        refuseCommits();
        harness.commit();

        harness.sink("images").beforeCommit(() -> {});
        harness.pass(PipelineHarness.PARKED_RETRY);
        harness.deliverAll();
        assertThat(harness.counters().parkedTables()).isZero();
        assertThat(harness.paused()).isEmpty();
        harness.deliverAll();
        harness.commit();

        assertThat(harness.table("images").rows()).hasSize(5).doesNotHaveDuplicates();
        assertThat(harness.table("labels").rows()).hasSize(5).doesNotHaveDuplicates();
    }

    @Test
    void aTableThatRefusesToBeOpenedIsTriedAgainAtTheInterval() {
        harness.sink("images").refuseOpening(DROPPED);
        harness.start(IMAGES, LABELS);
        assertThat(harness.counters().parkedTables()).isEqualTo(1);

        harness.pass(PipelineHarness.PARKED_RETRY.minusMillis(1));
        harness.deliverAll();
        assertThat(harness.paused()).isEqualTo(Set.of(IMAGES));
        harness.pass(PipelineHarness.PARKED_RETRY);
        harness.deliverAll();
        assertThat(harness.paused()).isEqualTo(Set.of(IMAGES));
        harness.sink("images").failAt(Step.OPEN);
        harness.sink("images").allowOpening();
        harness.pass(PipelineHarness.PARKED_RETRY);
        harness.deliverAll();
        assertThat(harness.paused()).isEqualTo(Set.of(IMAGES));
        harness.pass(PipelineHarness.PARKED_RETRY);
        harness.deliverAll();

        assertThat(harness.paused()).isEmpty();
        assertThat(harness.counters().parkedTables()).isZero();
    }

    @Test
    void rowsThatDoNotFitParkTheirTableAlone() {
        harness.onSchemaConflict(SchemaConflicts.FAIL);
        harness.sink("images").refuse(new TableSchema(List.of(new Column("id", Scalar.LONG)), List.of()));
        harness.start(IMAGES, LABELS);

        harness.deliverAll();
        harness.commit();

        assertThat(harness.counters().parkedTables()).isEqualTo(1);
        assertThat(harness.table("images").rows()).isEmpty();
        assertThat(harness.table("labels").rows()).hasSize(5);
        assertThat(harness.committed().next(IMAGES)).hasValue(0);
    }

    @Test
    void aTaskFailsWhenAllItsTablesAreParked() {
        harness.start(IMAGES, LABELS);
        harness.deliverAll();
        refuseCommits();
        harness.sink("labels").beforeCommit(() -> {
            throw new SinkException("Cannot commit to table 'labels': access denied");
        });

        assertThatThrownBy(harness::commit)
                .isInstanceOf(SinkException.class)
                .hasMessage(DROPPED)
                .satisfies(failure -> assertThat(failure.getSuppressed())
                        .extracting(Throwable::getMessage)
                        .containsExactly("Cannot commit to table 'labels': access denied"));
    }

    @Test
    void aTableOutOfReachForTooLongIsParked() {
        harness.start(IMAGES, LABELS);
        harness.deliverAll();
        harness.failAt("images", Step.COMMIT_BEFORE_PUBLISHING);
        harness.commit();
        harness.failAt("images", Step.OPEN);

        harness.pass(PipelineHarness.DELIVERY_TIMEOUT);
        harness.deliverAll();

        assertThat(harness.counters().parkedTables()).isEqualTo(1);
        assertThat(harness.table("labels").rows()).hasSize(5);
    }

    @Test
    void aTableThatIsGivenUpIsParkedNoMore() {
        harness.sink("images").refuseOpening(DROPPED);
        harness.start(IMAGES, LABELS);

        harness.giveUp(IMAGES);

        assertThat(harness.counters().parkedTables()).isZero();
    }

    private void refuseCommits() {
        harness.sink("images").beforeCommit(() -> {
            throw new SinkException(DROPPED);
        });
    }
}
