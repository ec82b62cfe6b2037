package io.rowlake.sink.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The bytes of one row. Grows to the largest row, and is used for all of them. */
final class RowBuffer extends OutputStream {

    private static final int BYTES_MIN = 1024;

    private byte[] bytes = new byte[BYTES_MIN];
    private int size;

    @Override
    public void write(int value) {
        makeRoomFor(1);
        bytes[size++] = (byte) value;
    }

    @Override
    public void write(byte[] source, int offset, int length) {
        makeRoomFor(length);
        System.arraycopy(source, offset, bytes, size, length);
        size += length;
    }

    void clear() {
        size = 0;
    }

    void writeTo(OutputStream target) throws IOException {
        target.write(bytes, 0, size);
    }

    byte[] copy() {
        return Arrays.copyOf(bytes, size);
    }

    String text() {
        return new String(bytes, 0, size, StandardCharsets.UTF_8);
    }

    private void makeRoomFor(int length) {
        int needed = Math.addExact(size, length);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(Math.max(2L * bytes.length, needed), Integer.MAX_VALUE - 8));
        }
    }
}
