package io.rowlake.sink.iceberg;

import io.rowlake.batch.ChangeBatch;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.FieldVector;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.types.Type;
import org.jspecify.annotations.Nullable;

/**
 * A place in a batch, moved from row to row. As a struct it shows the top-level values by their position in the table's
 * schema, in Iceberg's internal form, for the table's partition transforms.
 */
final class BatchRow implements StructLike {

    private final ChangeBatch batch;
    private final Schema schema;
    private final int[] columns;
    private int index;

    BatchRow(ChangeBatch batch, Schema schema) {
        this.batch = batch;
        this.schema = schema;
        this.columns = schema.columns().stream()
                .mapToInt(field -> batch.schema().indexOf(field.name()))
                .toArray();
    }

    ChangeBatch batch() {
        return batch;
    }

    int index() {
        return index;
    }

    BatchRow at(int row) {
        index = row;
        return this;
    }

    @Override
    public int size() {
        return columns.length;
    }

    @Override
    public <T> @Nullable T get(int position, Class<T> javaClass) {
        return javaClass.cast(columns[position] < 0 ? null : value(position));
    }

    @Override
    public <T> void set(int position, T value) {
        throw new UnsupportedOperationException("A row of a batch doesn't change");
    }

    private @Nullable Object value(int position) {
        FieldVector vector = batch.vector(columns[position]);
        if (vector.isNull(index)) {
            return null;
        }
        Type type = schema.columns().get(position).type();
        ArrowBuf data = vector.getDataBuffer();
        return switch (type.typeId()) {
            case INTEGER, DATE -> data.getInt((long) index * Integer.BYTES);
            case LONG, TIMESTAMP, TIME -> data.getLong((long) index * Long.BYTES);
            case UUID ->
                new UUID(
                        Long.reverseBytes(data.getLong(index * 16L)), Long.reverseBytes(data.getLong(index * 16L + 8)));
            case STRING -> vector.getObject(index).toString();
            case BINARY -> ByteBuffer.wrap((byte[]) vector.getObject(index));
            case BOOLEAN, FLOAT, DOUBLE, DECIMAL -> vector.getObject(index);
            case FIXED, LIST, MAP, STRUCT, VARIANT, GEOMETRY, GEOGRAPHY, TIMESTAMP_NANO, UNKNOWN ->
                throw new IllegalStateException("No table is partitioned by " + type);
        };
    }
}
