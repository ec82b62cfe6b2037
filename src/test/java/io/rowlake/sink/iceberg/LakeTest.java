package io.rowlake.sink.iceberg;

import io.rowlake.batch.BatchMemory;
import io.rowlake.event.Column;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePartition;
import io.rowlake.event.SourcePosition;
import io.rowlake.event.TableSchema;
import io.rowlake.sink.CommitResult;
import io.rowlake.sink.TableSink;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests on a lake of their own, with rows of one column. */
abstract class LakeTest {

    protected static final SourcePartition IMAGES = Lake.IMAGES;
    protected static final SourcePartition OTHERS = Lake.OTHERS;
    protected static final Column ID = new Column("id", Scalar.LONG);
    protected static final TableSchema SCHEMA = new TableSchema(List.of(ID), List.of());

    protected final BatchMemory memory = new BatchMemory();
    private final List<TableSink> sinks = new ArrayList<>();
    protected Lake lake;

    @TempDir
    protected Path directory;

    @BeforeEach
    void openLake() {
        lake = new Lake(directory);
    }

    @AfterEach
    void everythingIsReleased() {
        sinks.forEach(TableSink::close);
        lake.close();
        memory.close();
    }

    /** A sink that is open for a partition, and closed with the test. */
    protected final <S extends TableSink> S opened(S sink, SourcePartition... partitions) {
        sinks.add(sink);
        sink.open(Set.of(partitions));
        return sink;
    }

    /** Stages a row whose {@code id} is its offset. */
    protected final void stage(TableSink sink, SourcePartition partition, long offset) {
        Lake.stage(memory, sink, SCHEMA, new SourcePosition(partition, offset), List.of(List.of(offset)));
    }

    /** Stages and commits one row whose {@code id} is its offset. */
    protected final CommitResult commit(TableSink sink, SourcePartition partition, long offset) {
        stage(sink, partition, offset);
        return sink.commitAll(SourceOffsets.of(partition, offset + 1));
    }

    /** What the table's main branch has taken. */
    protected final SourceOffsets ledger() {
        return IcebergLedger.read(lake.table(), Optional.empty());
    }
}
