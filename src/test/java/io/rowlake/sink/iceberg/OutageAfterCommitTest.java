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
import io.rowlake.model.Destination.Mutation;
import io.rowlake.model.Steps;
import io.rowlake.sink.CommitResult;
import io.rowlake.sink.RetriableSinkException;
import io.rowlake.sink.TableSink;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** After a commit, most catalogs read the table again when it is next asked for something. They may be down by then. */
final class OutageAfterCommitTest {

    private static final SourcePartition PARTITION = new SourcePartition("images", 0);
    private static final TableSchema SCHEMA = new TableSchema(List.of(new Column("id", Scalar.LONG)), List.of());

    private final BatchMemory memory = new BatchMemory();
    private final OutageAfterCommit outage = new OutageAfterCommit();
    private final TableSink sink =
            new SimulatedIceberg("images", Mutation.NONE).worker().sink(outage, InstantSource.system(), "task-0");

    @AfterEach
    void everythingIsReleased() {
        sink.close();
        memory.close();
    }

    @Test
    void theCommitCounts() {
        CommitResult result = commit();

        assertThat(result).isEqualTo(CommitResult.complete(SourceOffsets.of(PARTITION, 1), 1));
    }

    @Test
    void theTableIsOutOfReachForTheNextRows() {
        commit();

        assertThatThrownBy(() -> sink.reconcile(SCHEMA))
                .isInstanceOf(RetriableSinkException.class)
                .hasMessage("Cannot reach table 'lake.rows': The catalog is down");
    }

    private CommitResult commit() {
        sink.open(Set.of(PARTITION));
        Lake.stage(memory, sink, SCHEMA, new SourcePosition(PARTITION, 0), List.of(List.of(0L)));
        return sink.commitAll(SourceOffsets.of(PARTITION, 1));
    }

    /** A catalog that commits once and is down from then on. */
    private static final class OutageAfterCommit implements Steps {

        private boolean down;

        @Override
        public Fault request(String what) {
            return down ? Fault.REQUEST_LOST : Fault.NONE;
        }

        @Override
        public void moment(String what) {
            down = what.equals("hear of the answer to: commit to the table");
        }

        @Override
        public boolean isAlive() {
            return true;
        }
    }
}
