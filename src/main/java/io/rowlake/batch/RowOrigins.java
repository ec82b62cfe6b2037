package io.rowlake.batch;

import io.rowlake.event.Operation;
import io.rowlake.event.SourcePartition;
import io.rowlake.event.SourcePosition;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;

/** Of each row: what its change does, and where it came from. */
final class RowOrigins {

    private static final int ROW_BYTES = 24;
    private static final int OFFSET_AT = 0;
    private static final int TIMESTAMP_AT = 8;
    private static final int PARTITION_AT = 16;
    private static final int OPERATION_AT = 20;

    private final GrowingBuffer rows;
    private final List<SourcePartition> partitions = new ArrayList<>();
    private int lastOrdinal = -1;

    RowOrigins(BoundedAllocator memory) {
        rows = new GrowingBuffer(memory);
    }

    void append(int row, Operation operation, SourcePosition position, long timestampMillis) {
        long start = (long) row * ROW_BYTES;
        ArrowBuf room = rows.withRoomFor(start + ROW_BYTES, start);
        room.setLong(start + OFFSET_AT, position.offset());
        room.setLong(start + TIMESTAMP_AT, timestampMillis);
        room.setInt(start + PARTITION_AT, ordinal(position.partition()));
        room.setInt(start + OPERATION_AT, operation.letter());
    }

    Operation operation(int row) {
        return Operation.of((char) rows.buffer().getInt((long) row * ROW_BYTES + OPERATION_AT))
                .orElseThrow();
    }

    SourcePartition partition(int row) {
        return partitions.get(rows.buffer().getInt((long) row * ROW_BYTES + PARTITION_AT));
    }

    long offset(int row) {
        return rows.buffer().getLong((long) row * ROW_BYTES + OFFSET_AT);
    }

    long timestampMillis(int row) {
        return rows.buffer().getLong((long) row * ROW_BYTES + TIMESTAMP_AT);
    }

    void becomesDelete(int row) {
        rows.buffer().setInt((long) row * ROW_BYTES + OPERATION_AT, Operation.DELETE.letter());
    }

    /** Those of some rows, in memory of their own. */
    RowOrigins withRows(int[] selected, BoundedAllocator memory) {
        var fewer = new RowOrigins(memory);
        for (int i = 0; i < selected.length; i++) {
            int row = selected[i];
            fewer.append(i, operation(row), new SourcePosition(partition(row), offset(row)), timestampMillis(row));
        }
        return fewer;
    }

    void release() {
        rows.release();
    }

    /** Each partition that a row came from, once. */
    List<SourcePartition> partitions() {
        return List.copyOf(partitions);
    }

    private int ordinal(SourcePartition partition) {
        // Records come in runs of one partition, so that the list is searched once a run.
        if (lastOrdinal < 0 || !partitions.get(lastOrdinal).equals(partition)) {
            lastOrdinal = partitions.indexOf(partition);
            if (lastOrdinal < 0) {
                partitions.add(partition);
                lastOrdinal = partitions.size() - 1;
            }
        }
        return lastOrdinal;
    }
}
