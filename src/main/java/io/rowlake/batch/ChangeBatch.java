package io.rowlake.batch;

import io.rowlake.event.Column;
import io.rowlake.event.Operation;
import io.rowlake.event.SourcePartition;
import io.rowlake.event.SourcePosition;
import io.rowlake.event.TableSchema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;

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
    private final List<ColumnBuilder> begun = new ArrayList<>();
    private final List<FieldVector> derived = new ArrayList<>();
    private boolean usedUp;

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

    /** Begins another column for the same rows. What comes of it counts in {@link #bytes}, and is closed with the batch. */
    public ColumnBuilder newColumn(Column column) {
        var builder = new ColumnBuilder(this, column, new BoundedAllocator(allocator, Long.MAX_VALUE));
        begun.add(builder);
        return builder;
    }

    /**
     * The same rows with other columns: vectors of this batch, or built by {@link #newColumn}. Uses this batch up, and
     * closes the vectors that are not taken over.
     */
    public ChangeBatch withColumns(TableSchema otherSchema, List<FieldVector> otherVectors) {
        Set<FieldVector> kept = Collections.newSetFromMap(new IdentityHashMap<>());
        kept.addAll(otherVectors);
        begun.forEach(ColumnBuilder::release);
        Stream.concat(vectors.stream(), derived.stream())
                .filter(vector -> !kept.contains(vector))
                .forEach(FieldVector::close);
        usedUp = true;
        return new ChangeBatch(otherSchema, otherVectors, origins, rows, allocator);
    }

    /**
     * Some of the rows, in their order. Uses this batch up.
     *
     * @param selected positions of rows, ascending, at least one
     */
    public ChangeBatch withRows(int[] selected) {
        if (selected.length == rows) {
            return this;
        }
        List<FieldVector> fewer = new ArrayList<>(vectors.size());
        for (int i = 0; i < vectors.size(); i++) {
            FieldVector vector = own(vectors.get(i).getField());
            RowCopies.copy(vectors.get(i), selected, vector);
            vectors.get(i).close();
            fewer.add(vector);
        }
        begun.forEach(ColumnBuilder::release);
        derived.stream().filter(vector -> !fewer.contains(vector)).forEach(FieldVector::close);
        RowOrigins fewerOrigins = origins.withRows(selected, new BoundedAllocator(allocator, Long.MAX_VALUE));
        origins.release();
        usedUp = true;
        return new ChangeBatch(schema, fewer, fewerOrigins, selected.length, allocator);
    }

    /**
     * Another column for the same rows, of values that are in this batch already. Closed with the batch.
     *
     * @param column what it is to be; its type is that of the values
     * @param values a vector of the batch, or one within it
     * @param rows for each row of the batch the position of its value, or -1 for a null
     */
    public FieldVector copy(Column column, FieldVector values, int[] rows) {
        FieldVector vector = own(ArrowFields.field(column));
        RowCopies.copy(values, rows, vector);
        return vector;
    }

    /** Makes the change of a row a delete. */
    public void becomesDelete(int row) {
        origins.becomesDelete(row);
    }

    /** An empty vector that is closed with the batch. */
    FieldVector own(Field field) {
        FieldVector vector = field.createVector(allocator);
        derived.add(vector);
        return vector;
    }

    /** Off-heap bytes that the batch holds, as the allocator counts them. */
    public long bytes() {
        return allocator.getAllocatedMemory();
    }

    @Override
    public void close() {
        if (usedUp) {
            return;
        }
        usedUp = true;
        begun.forEach(ColumnBuilder::release);
        derived.forEach(FieldVector::close);
        vectors.forEach(FieldVector::close);
        origins.release();
        allocator.close();
    }
}
