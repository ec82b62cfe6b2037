package io.rowlake.batch;

import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.DecimalType;
import io.rowlake.event.ColumnType.Scalar;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.util.DecimalUtility;

/** Values of one width: 4, 8 or 16 bytes. */
final class FixedWidthBuilder implements VectorBuilder {

    private static final int DECIMAL_BYTES = 16;
    private static final int UUID_BYTES = 16;

    private final ColumnType type;
    private final int width;
    private final Validity validity;
    private final GrowingBuffer values;

    private FixedWidthBuilder(ColumnType type, int width, BoundedAllocator memory) {
        this.type = type;
        this.width = width;
        this.validity = new Validity(memory);
        this.values = new GrowingBuffer(memory);
    }

    static FixedWidthBuilder of32Bits(Scalar type, BoundedAllocator memory) {
        return new FixedWidthBuilder(type, Integer.BYTES, memory);
    }

    static FixedWidthBuilder of64Bits(Scalar type, BoundedAllocator memory) {
        return new FixedWidthBuilder(type, Long.BYTES, memory);
    }

    static FixedWidthBuilder ofUuids(BoundedAllocator memory) {
        return new FixedWidthBuilder(Scalar.UUID, UUID_BYTES, memory);
    }

    static FixedWidthBuilder ofDecimals(DecimalType type, BoundedAllocator memory) {
        return new FixedWidthBuilder(type, DECIMAL_BYTES, memory);
    }

    @Override
    public ColumnType type() {
        return type;
    }

    @Override
    public void appendNull() {
        roomForOne();
        validity.appendNull();
    }

    @Override
    public void appendLong(long value) {
        if (isFloatingPoint() || width > Long.BYTES) {
            VectorBuilder.super.appendLong(value);
        } else if (width == Integer.BYTES) {
            int narrow = Math.toIntExact(value);
            roomForOne().setInt(position(), narrow);
            validity.appendPresent();
        } else {
            roomForOne().setLong(position(), value);
            validity.appendPresent();
        }
    }

    @Override
    public void appendDouble(double value) {
        if (type == Scalar.DOUBLE) {
            roomForOne().setDouble(position(), value);
        } else if (type == Scalar.FLOAT) {
            roomForOne().setFloat(position(), (float) value);
        } else {
            VectorBuilder.super.appendDouble(value);
        }
        validity.appendPresent();
    }

    @Override
    public void appendDoubles(double[] doubles, int count) {
        if (!isFloatingPoint()) {
            VectorBuilder.super.appendDoubles(doubles, count);
            return;
        }
        // The room is checked once, not for each value as the buffer's own setters would.
        long end = position() + (long) count * width;
        long address = values.withRoomFor(end, position()).memoryAddress() + position();
        for (int i = 0; i < count; i++) {
            if (type == Scalar.DOUBLE) {
                MemoryUtil.putLong(address + (long) i * Double.BYTES, Double.doubleToRawLongBits(doubles[i]));
            } else {
                MemoryUtil.putInt(address + (long) i * Float.BYTES, Float.floatToRawIntBits((float) doubles[i]));
            }
        }
        validity.appendPresent(count);
    }

    @Override
    public void appendUnscaled(BigInteger unscaled) {
        if (!(type instanceof DecimalType decimal)) {
            VectorBuilder.super.appendUnscaled(unscaled);
            return;
        }
        if (new BigDecimal(unscaled).precision() > decimal.precision()) {
            throw new ArithmeticException("More than " + decimal.precision() + " digits");
        }
        byte[] bigEndian = unscaled.toByteArray();
        DecimalUtility.writeByteArrayToArrowBuf(bigEndian, roomForOne(), validity.count(), DECIMAL_BYTES);
        validity.appendPresent();
    }

    @Override
    public void appendBytes(byte[] bytes, int offset, int length) {
        if (type != Scalar.UUID || length != UUID_BYTES) {
            VectorBuilder.super.appendBytes(bytes, offset, length);
        }
        roomForOne().setBytes(position(), bytes, offset, length);
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

    private boolean isFloatingPoint() {
        return type == Scalar.DOUBLE || type == Scalar.FLOAT;
    }

    private long position() {
        return (long) validity.count() * width;
    }

    private ArrowBuf roomForOne() {
        return values.withRoomFor(position() + width, position());
    }
}
