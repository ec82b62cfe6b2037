package io.rowlake.sink.iceberg;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** One place in vectors as a struct, in Iceberg's internal form. Fields without a vector are null. */
final class VectorStruct implements StructLike {

    private final Types.StructType type;
    private final List<@Nullable FieldVector> vectors;
    private int index;

    VectorStruct(Types.StructType type, List<@Nullable FieldVector> vectors) {
        this.type = type;
        this.vectors = vectors;
    }

    int index() {
        return index;
    }

    VectorStruct at(int newIndex) {
        index = newIndex;
        return this;
    }

    @Override
    public int size() {
        return vectors.size();
    }

    @Override
    public <T> @Nullable T get(int position, Class<T> javaClass) {
        FieldVector vector = vectors.get(position);
        return vector == null || vector.isNull(index)
                ? null
                : javaClass.cast(value(vector, type.fields().get(position).type()));
    }

    @Override
    public <T> void set(int position, T value) {
        throw new UnsupportedOperationException("A row of a batch doesn't change");
    }

    private Object value(FieldVector vector, Type valueType) {
        if (vector instanceof StructVector struct) {
            return struct(valueType.asStructType(), struct);
        }
        ArrowBuf data = vector.getDataBuffer();
        return switch (valueType.typeId()) {
            case INTEGER, DATE -> data.getInt((long) index * Integer.BYTES);
            case LONG, TIMESTAMP, TIMESTAMP_NANO, TIME -> data.getLong((long) index * Long.BYTES);
            case UUID ->
                new UUID(
                        Long.reverseBytes(data.getLong(index * 16L)), Long.reverseBytes(data.getLong(index * 16L + 8)));
            case STRING -> vector.getObject(index).toString();
            case BINARY -> ByteBuffer.wrap((byte[]) vector.getObject(index));
            case BOOLEAN, FLOAT, DOUBLE, DECIMAL -> vector.getObject(index);
            case FIXED, LIST, MAP, STRUCT, VARIANT, GEOMETRY, GEOGRAPHY, UNKNOWN ->
                throw new IllegalStateException("No table is partitioned by " + valueType);
        };
    }

    private VectorStruct struct(Types.StructType structType, StructVector vector) {
        List<@Nullable FieldVector> children = new ArrayList<>();
        for (Types.NestedField field : structType.fields()) {
            children.add(vector.getChild(field.name()));
        }
        return new VectorStruct(structType, children).at(index);
    }
}
