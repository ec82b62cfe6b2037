package io.rowlake.batch;

import io.rowlake.event.Operation;
import io.rowlake.event.SourcePartition;
import io.rowlake.event.SourcePosition;
import io.rowlake.event.TableSchema;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/**
 * Changes to one table as columns, in the order in which they came; the changes of one partition in the order of their
 * offsets. Complete when it is there, and of use until it is closed. Not safe for several threads.
 *
 * <p>Each column is an Arrow vector with one value a row: utf8 for {@code STRING} and {@code JSON}, int32, int64, float32,
 * float64, bool, timestamp in microseconds (with zone UTC, or none for {@code LOCAL_TIMESTAMP}), date in days, time in
 * microseconds, 16 fixed bytes for {@code UUID}, binary, decimal of 128 bits, list and struct.
 */
public final class ChangeBatch implements AutoCloseable {

    private final TableSchema schema;
    private final List<FieldVector> vectors;
    private final RowOrigins origins;
    private final int rows;
    private final BufferAllocator allocator;

    ChangeBatch(
            TableSchema schema, List<FieldVector> vectors, RowOrigins origins, int rows, BufferAllocator allocator) {
        this.schema = schema;
        this.vectors = List.copyOf(vectors);
        this.origins = origins;
        this.rows = rows;
        this.allocator = allocator;
    }

    public TableSchema schema() {
        return schema;
    }

    /** One or more. */
    public int rows() {
        return rows;
    }

    /** The values of the column at a position of the schema. */
    public FieldVector vector(int column) {
        return vectors.get(column);
    }

    public Operation operation(int row) {
        return origins.operation(row);
    }

    /** The same instance for all rows of a partition. */
    public SourcePartition partition(int row) {
        return origins.partition(row);
    }

    /** The partitions that the rows came from, each once. */
    public List<SourcePartition> partitions() {
        return origins.partitions();
    }

    public long offset(int row) {
        return origins.offset(row);
    }

    public SourcePosition position(int row) {
        return new SourcePosition(partition(row), offset(row));
    }

    /** When the change happened, in milliseconds since 1970, by the event's own clock or else by the record's. */
    public long timestampMillis(int row) {
        return origins.timestampMillis(row);
    }

    /** Off-heap bytes that the batch holds, as the allocator counts them. */
    public long bytes() {
        return allocator.getAllocatedMemory();
    }

    @Override
    public void close() {
        vectors.forEach(FieldVector::close);
        origins.release();
        allocator.close();
    }
}
