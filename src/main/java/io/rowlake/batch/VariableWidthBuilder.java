package io.rowlake.batch;

import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.Scalar;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.FieldVector;

/** Texts, JSON texts and byte strings. */
final class VariableWidthBuilder implements VectorBuilder {

    private final Scalar type;
    private final Validity validity;
    private final Offsets offsets;
    private final GrowingBuffer bytes;

    VariableWidthBuilder(Scalar type, BoundedAllocator memory) {
        this.type = type;
        this.validity = new Validity(memory);
        this.offsets = new Offsets(memory);
        this.bytes = new GrowingBuffer(memory);
    }

    @Override
    public ColumnType type() {
        return type;
    }

    @Override
    public void appendNull() {
        int count = validity.count();
        offsets.append(count, offsets.end(count));
        validity.appendNull();
    }

    @Override
    public void appendBytes(byte[] value, int offset, int length) {
        int count = validity.count();
        int start = offsets.end(count);
        int end = Math.addExact(start, length);
        ArrowBuf room = bytes.withRoomFor(end, start);
        if (length > 0) {
            room.setBytes(start, value, offset, length);
        }
        offsets.append(count, end);
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
        target.loadFieldBuffers(validity.node(), List.of(validity.buffer(), offsets.buffer(), bytes.buffer()));
    }

    @Override
    public void release() {
        validity.release();
        offsets.release();
        bytes.release();
    }
}
