package io.rowlake.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The lines of a file as bytes, without their ends and without a byte order mark at the start. */
final class LineReader implements AutoCloseable {

    private static final int BUFFER_BYTES = 1 << 16;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int limit;
    private long line;
    private long bytesRead;

    LineReader(Path file) throws IOException {
        this.in = Files.newInputStream(file);
    }

    /** The number of the next line, from 0. */
    long line() {
        return line;
    }

    long bytesRead() {
        return bytesRead;
    }

    /** The next line, null at the end. */
    byte @Nullable [] next() throws IOException {
        if (!fill()) {
            return null;
        }
        byte[] text = upToEnd();
        if (line == 0 && startsWithMark(text)) {
            text = Arrays.copyOfRange(text, BYTE_ORDER_MARK.length, text.length);
        }
        line++;
        int length = text.length;
        return length > 0 && text[length - 1] == '\r' ? Arrays.copyOf(text, length - 1) : text;
    }

    /** Passes lines over, as many as there are. */
    void skip(long lines) throws IOException {
        long skipped = 0;
        while (skipped < lines && next() != null) {
            skipped++;
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private byte[] upToEnd() throws IOException {
        @Nullable ByteArrayOutputStream parts = null;
        while (fill()) {
            int end = position;
            while (end < limit && buffer[end] != '\n') {
                end++;
            }
            int start = position;
            position = Math.min(end + 1, limit);
            if (end < limit && parts == null) {
                return Arrays.copyOfRange(buffer, start, end);
            }
            parts = parts == null ? new ByteArrayOutputStream() : parts;
            parts.write(buffer, start, end - start);
            if (end < limit) {
                break;
            }
        }
        return parts == null ? new byte[0] : parts.toByteArray();
    }

    private boolean fill() throws IOException {
        if (position < limit) {
            return true;
        }
        position = 0;
        limit = Math.max(0, in.read(buffer, 0, buffer.length));
        bytesRead += limit;
        return limit > 0;
    }

    private static boolean startsWithMark(byte[] text) {
        return text.length >= BYTE_ORDER_MARK.length
                && Arrays.equals(text, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
    }
}
