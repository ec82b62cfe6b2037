package io.rowlake.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowlake.event.Column;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePartition;
import io.rowlake.event.SourcePosition;
import io.rowlake.event.TableSchema;
import io.rowlake.pipeline.PipelineParts.SchemaConflicts;
import io.rowlake.sink.IncompatibleSchemaException;
import io.rowlake.sink.MemorySink.Step;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rows that turn out bad when their batch is complete, and schemas that the destination can't take. */
final class RejectedRowsTest {

    private static final SourcePartition FIRST = new SourcePartition("images", 0);
    private static final SourcePartition SECOND = new SourcePartition("images", 1);
    private static final TableSchema IDS = new TableSchema(List.of(new Column("id", Scalar.LONG)), List.of());

    private final PipelineHarness harness = new PipelineHarness();

    @AfterEach
    void closes() {
        harness.close();
    }

    @Test
    void badRowsAreReadAgainAndRejectedAndTheOthersWrittenOnce() {
        harness.topic(FIRST, 10);
        harness.topic(SECOND, 3);
        harness.start(FIRST, SECOND);
        harness.sink("images").refuse(at(FIRST, 4), at(SECOND, 0));

        harness.deliverAll();
        harness.commit();
        assertThat(harness.table("images").rows()).isEmpty();
        harness.deliverAll();
        harness.commit();

        assertThat(harness.rejected())
                .containsExactlyInAnyOrder(
                        "Cannot decode event at images-0@4: it can't be written",
                        "Cannot decode event at images-1@0: it can't be written");
        assertThat(harness.table("images").rows())
                .containsExactlyInAnyOrderElementsOf(LongStream.range(0, 13)
                        .mapToObj(row -> row < 10 ? at(FIRST, row) : at(SECOND, row - 10))
                        .filter(position -> !position.equals(at(FIRST, 4)) && !position.equals(at(SECOND, 0)))
                        .toList());
        assertThat(harness.committed()).isEqualTo(SourceOffsets.of(FIRST, 10).updatedWith(SourceOffsets.of(SECOND, 3)));
        assertThat(harness.counters().badRecords()).isEqualTo(2);
    }

    @Test
    void aFullBatchWithABadRowStartsOverWhileRecordsAreDelivered() {
        harness.topic(FIRST, 500);
        harness.start(FIRST);
        harness.sink("images").refuse(at(FIRST, 7));

        harness.deliverAll();
        harness.deliverAll();
        harness.commit();

        assertThat(harness.rejected()).hasSize(1);
        assertThat(harness.table("images").rows()).hasSize(499).doesNotHaveDuplicates();
        assertThat(harness.committed()).isEqualTo(SourceOffsets.of(FIRST, 500));
    }

    @Test
    void badRowsThatAreFoundWhenThePartitionIsGivenUpAreTheNextOwnersToReject() {
        harness.topic(FIRST, 3);
        harness.start(FIRST);
        harness.sink("images").refuse(at(FIRST, 1));
        harness.deliverAll();

        harness.giveUp(FIRST);
        harness.open(FIRST);
        harness.deliverAll();
        harness.commit();
        harness.deliverAll();
        harness.commit();

        assertThat(harness.rejected()).containsExactly("Cannot decode event at images-0@1: it can't be written");
        assertThat(harness.table("images").rows()).containsExactly(at(FIRST, 0), at(FIRST, 2));
    }

    @Test
    void anOutageInBetweenForgetsNothingOfWhatIsBad() {
        harness.topic(FIRST, 3);
        harness.start(FIRST);
        harness.sink("images").refuse(at(FIRST, 2));
        harness.deliverAll();
        harness.failAt("images", Step.OPEN);

        harness.commit();
        assertThat(harness.paused()).containsExactly(FIRST);
        harness.pass(PipelineHarness.BACKOFF);
        harness.deliverAll();
        harness.deliverAll();
        harness.commit();

        assertThat(harness.rejected()).containsExactly("Cannot decode event at images-0@2: it can't be written");
        assertThat(harness.table("images").rows()).containsExactly(at(FIRST, 0), at(FIRST, 1));
        assertThat(harness.committed()).isEqualTo(SourceOffsets.of(FIRST, 3));
    }

    @Test
    void whatIsBadIsForgottenOnceItIsCommittedPast() {
        harness.topic(FIRST, 2);
        harness.start(FIRST);
        harness.sink("images").refuse(at(FIRST, 0));
        harness.deliverAll();
        harness.commit();
        harness.deliverAll();
        harness.commit();

        harness.deliverAll();

        assertThat(harness.rejected()).hasSize(1);
        assertThat(harness.counters().badRecords()).isEqualTo(1);
    }

    @Test
    void eventsOfASchemaThatTheDestinationCannotTakeAreBad() {
        harness.topic(FIRST, 2);
        harness.start(FIRST);
        harness.sink("images").refuse(IDS);

        harness.deliverAll();
        harness.commit();

        assertThat(harness.rejected())
                .containsExactly(
                        "Cannot decode event at images-0@0: its schema does not fit: Cannot append to table: id: long"
                                + " does not fit",
                        "Cannot decode event at images-0@1: its schema does not fit: Cannot append to table: id: long"
                                + " does not fit");
        assertThat(harness.committed()).isEqualTo(SourceOffsets.of(FIRST, 2));
    }

    @Test
    void aSchemaThatTheDestinationCannotTakeFailsTheTaskWhereThatIsAskedFor() {
        harness.onSchemaConflict(SchemaConflicts.FAIL);
        harness.topic(FIRST, 2);
        harness.start(FIRST);
        harness.sink("images").refuse(IDS);

        assertThatThrownBy(harness::deliverAll)
                .isInstanceOf(IncompatibleSchemaException.class)
                .hasMessage("Cannot append to table: id: long does not fit");
    }

    @Test
    void rowsWhoseSchemaStopsToFitBeforeTheyAreWrittenAreBad() {
        harness.topic(FIRST, 2);
        harness.start(FIRST);
        harness.deliverAll();
        harness.sink("images").refuse(IDS);

        harness.commit();
        harness.deliverAll();
        harness.commit();

        assertThat(harness.rejected())
                .containsExactly(
                        "Cannot decode event at images-0@0: its schema does not fit: Cannot append to table: id: long"
                                + " does not fit",
                        "Cannot decode event at images-0@1: its schema does not fit: Cannot append to table: id: long"
                                + " does not fit");
        assertThat(harness.committed()).isEqualTo(SourceOffsets.of(FIRST, 2));
    }

    @Test
    void rowsWhoseSchemaStopsToFitFailTheTaskWhereThatIsAskedFor() {
        harness.onSchemaConflict(SchemaConflicts.FAIL);
        harness.topic(FIRST, 2);
        harness.start(FIRST);
        harness.deliverAll();
        harness.sink("images").refuse(IDS);

        assertThatThrownBy(harness::commit)
                .isInstanceOf(IncompatibleSchemaException.class)
                .hasMessage("Cannot append to table: id: long does not fit");
    }

    private static SourcePosition at(SourcePartition partition, long offset) {
        return new SourcePosition(partition, offset);
    }
}
