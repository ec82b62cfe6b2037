package io.rowlake.batch;

import io.rowlake.event.ColumnType;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BitVectorHelper;
import org.apache.arrow.vector.FieldVector;

/** Booleans, one bit each. */
final class BooleanBuilder implements VectorBuilder {

    private final Validity validity;
    private final GrowingBuffer values;

    BooleanBuilder(BoundedAllocator memory) {
        validity = new Validity(memory);
        values = new GrowingBuffer(memory);
    }

    @Override
    public ColumnType type() {
        return ColumnType.Scalar.BOOLEAN;
    }

    @Override
    public void appendNull() {
        roomForOne();
        validity.appendNull();
    }

    @Override
    public void appendBoolean(boolean value) {
        BitVectorHelper.setValidityBit(roomForOne(), validity.count(), value ? 1 : 0);
        validity.appendPresent();
    }

    @Override
    public int count() {
        return validity.count();
    }

    @Override
    public void truncate(int count) {
        validity.truncate(count);
    }

    @Override
    public void load(FieldVector target) {
        target.loadFieldBuffers(validity.node(), List.of(validity.buffer(), values.withRoomFor(1, 0)));
    }

    @Override
    public void release() {
        validity.release();
        values.release();
    }

    private ArrowBuf roomForOne() {
        int count = validity.count();
        return values.withRoomFor(count / 8 + 1, (count + 7) / 8);
    }
}
