package io.rowlake.sink.iceberg;

import java.util.Objects;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.FieldVector;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;

/** Texts, byte strings and UUIDs, through one array that is used again. */
final class BinaryValues implements ValueWriter {

    private static final int VARIABLE = 0;
    private static final int UUID_BYTES = 16;

    private final int width;
    private byte[] bytes = new byte[64];
    private @Nullable ArrowBuf values;
    private @Nullable ArrowBuf offsets;

    private BinaryValues(int width) {
        this.width = width;
    }

    static ValueWriter ofVariableWidth() {
        return new BinaryValues(VARIABLE);
    }

    static ValueWriter uuids() {
        return new BinaryValues(UUID_BYTES);
    }

    @Override
    public void bind(FieldVector vector) {
        values = vector.getDataBuffer();
        offsets = width == VARIABLE ? vector.getOffsetBuffer() : null;
    }

    @Override
    public void write(ColumnWriter column, int index, int repetitionLevel, int definitionLevel) {
        long start = offsets == null ? (long) index * width : offsets.getInt((long) index * Integer.BYTES);
        int length = offsets == null ? width : end(offsets, index) - Math.toIntExact(start);
        if (bytes.length < length) {
            bytes = new byte[Math.max(length, 2 * bytes.length)];
        }
        Objects.requireNonNull(values).getBytes(start, bytes, 0, length);
        column.write(Binary.fromReusedByteArray(bytes, 0, length), repetitionLevel, definitionLevel);
    }

    private static int end(ArrowBuf ends, int index) {
        return ends.getInt((index + 1L) * Integer.BYTES);
    }
}
