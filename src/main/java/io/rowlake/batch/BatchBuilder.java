package io.rowlake.batch;

import io.rowlake.event.Operation;
import io.rowlake.event.SourcePosition;
import io.rowlake.event.TableSchema;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/**
 * Fills one batch row by row, within a bound in bytes.
 *
 * <p>A row is begun by its first append, and ends with {@link #endRow} or {@link #rollbackRow}. An append that would pass
 * the bound throws {@link BatchFullException}, unless the row is the only one: a row larger than the bound makes a batch
 * of its own. Whoever has the builder either builds the batch or closes the builder. Not safe for several threads.
 */
public final class BatchBuilder implements AutoCloseable {

    private final TableSchema schema;
    private final BufferAllocator allocator;
    private final BoundedAllocator memory;
    private final List<VectorBuilder> columns = new ArrayList<>();
    private final RowOrigins origins;
    private int rows;
    private boolean open = true;

    /** The bound is in bytes, counted as the allocator counts. */
    public BatchBuilder(BatchMemory batchMemory, TableSchema schema, long bytesMax) {
        this.schema = schema;
        this.allocator = batchMemory.newBatchAllocator();
        this.memory = new BoundedAllocator(allocator, bytesMax);
        this.origins = new RowOrigins(memory);
        var builders = new VectorBuilders(memory);
        schema.columns().forEach(column -> columns.add(column.type().accept(builders)));
    }

    public TableSchema schema() {
        return schema;
    }

    public int rows() {
        return rows;
    }

    /** Off-heap bytes held so far, as the allocator counts them. */
    public long bytes() {
        return allocator.getAllocatedMemory();
    }

    /** Where the value of a column goes, at most one for a row. The same instance for all rows. */
    public ValueAppender column(int index) {
        return columns.get(index);
    }

    /** Whether the row under construction has a value, or a null, for the column. */
    public boolean isSet(int index) {
        return columns.get(index).count() > rows;
    }

    /**
     * Completes the row: columns without a value get null. Like every append, this may find the batch full.
     *
     * @param timestampMillis when the change happened, in milliseconds since 1970
     */
    public void endRow(Operation operation, SourcePosition position, long timestampMillis) {
        for (VectorBuilder column : columns) {
            if (column.count() == rows) {
                column.appendNull();
            }
        }
        origins.append(rows, operation, position, timestampMillis);
        rows++;
        memory.rowIsComplete();
    }

    /** Takes back what was appended since the last complete row. */
    public void rollbackRow() {
        columns.forEach(column -> column.truncate(rows));
    }

    /**
     * The rows as a batch, which is the caller's to close. The builder is of no more use.
     *
     * @throws IllegalStateException if there is no row, or the batch was built before
     */
    public ChangeBatch build() {
        if (rows == 0 || !open) {
            throw new IllegalStateException("Cannot build a batch: it has no row, or is built already");
        }
        rollbackRow();
        List<FieldVector> vectors = new ArrayList<>(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            FieldVector vector = ArrowFields.field(schema.columns().get(i)).createVector(allocator);
            columns.get(i).load(vector);
            columns.get(i).release();
            vectors.add(vector);
        }
        open = false;
        return new ChangeBatch(schema, vectors, origins, rows, allocator);
    }

    /** Releases the rows, unless they were built into a batch. */
    @Override
    public void close() {
        if (open) {
            open = false;
            columns.forEach(VectorBuilder::release);
            origins.release();
            allocator.close();
        }
    }
}
