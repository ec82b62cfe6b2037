package io.rowlake.decode;

import io.rowlake.batch.ValueAppender;
import java.util.Arrays;
import java.util.Locale;

/** Text under construction as UTF-8, in an array that is used again for the next text. */
final class Utf8Buffer {

    private static final int BYTES_MIN = 256;
    private static final int UTF8_BYTES_PER_CHAR_MAX = 3;
    private static final int ESCAPED_BYTES_PER_CHAR_MAX = 6;
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

    private byte[] bytes = new byte[BYTES_MIN];
    private int length;

    void clear() {
        length = 0;
    }

    int length() {
        return length;
    }

    void appendTo(ValueAppender target) {
        target.appendBytes(bytes, 0, length);
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    /** The array in use, of which the first {@link #length} bytes count. */
    byte[] array() {
        return bytes;
    }

    void ascii(char character) {
        room(1);
        bytes[length++] = (byte) character;
    }

    void ascii(String text) {
        room(text.length());
        for (int i = 0; i < text.length(); i++) {
            bytes[length++] = (byte) text.charAt(i);
        }
    }

    /** Bytes that are UTF-8 already. */
    void bytes(byte[] source, int from, int to) {
        room(to - from);
        System.arraycopy(source, from, bytes, length, to - from);
        length += to - from;
    }

    void text(String text) {
        text(text.toCharArray(), 0, text.length());
    }

    void text(char[] chars, int offset, int count) {
        room((long) count * UTF8_BYTES_PER_CHAR_MAX);
        int end = offset + count;
        int at = offset;
        while (at < end) {
            at += character(chars, at, end);
        }
    }

    void quoted(String text) {
        quoted(text.toCharArray(), 0, text.length());
    }

    /** A JSON string, with no more escapes than there must be. */
    void quoted(char[] chars, int offset, int count) {
        room((long) count * ESCAPED_BYTES_PER_CHAR_MAX + 2);
        bytes[length++] = '"';
        int end = offset + count;
        int at = offset;
        while (at < end) {
            char next = chars[at];
            if (next < ' ' || next == '"' || next == '\\') {
                escaped(next);
                at++;
            } else {
                at += character(chars, at, end);
            }
        }
        bytes[length++] = '"';
    }

    private void escaped(char character) {
        bytes[length++] = '\\';
        switch (character) {
            case '"', '\\' -> bytes[length++] = (byte) character;
            case '\n' -> bytes[length++] = 'n';
            case '\r' -> bytes[length++] = 'r';
            case '\t' -> bytes[length++] = 't';
            default -> {
                bytes[length++] = 'u';
                bytes[length++] = '0';
                bytes[length++] = '0';
                bytes[length++] = HEX[character >> 4];
                bytes[length++] = HEX[character & 0xF];
            }
        }
    }

    /** How many chars were taken: two for a surrogate pair. */
    private int character(char[] chars, int at, int end) {
        char next = chars[at];
        if (next < 0x80) {
            bytes[length++] = (byte) next;
            return 1;
        }
        if (next < 0x800) {
            bytes[length++] = (byte) (0xC0 | (next >> 6));
            bytes[length++] = (byte) (0x80 | (next & 0x3F));
            return 1;
        }
        if (!Character.isSurrogate(next)) {
            bytes[length++] = (byte) (0xE0 | (next >> 12));
            bytes[length++] = (byte) (0x80 | (next >> 6 & 0x3F));
            bytes[length++] = (byte) (0x80 | (next & 0x3F));
            return 1;
        }
        if (!Character.isHighSurrogate(next) || at + 1 == end || !Character.isLowSurrogate(chars[at + 1])) {
            throw new WrongValueException("must be Unicode text but has the unpaired surrogate U+"
                    + Integer.toHexString(next).toUpperCase(Locale.ROOT));
        }
        int codePoint = Character.toCodePoint(next, chars[at + 1]);
        bytes[length++] = (byte) (0xF0 | (codePoint >> 18));
        bytes[length++] = (byte) (0x80 | (codePoint >> 12 & 0x3F));
        bytes[length++] = (byte) (0x80 | (codePoint >> 6 & 0x3F));
        bytes[length++] = (byte) (0x80 | (codePoint & 0x3F));
        return 2;
    }

    private void room(long more) {
        long needed = length + more;
        if (needed > bytes.length) {
            if (needed > Integer.MAX_VALUE - Long.BYTES) {
                throw new WrongValueException("must be shorter than 2 GiB");
            }
            bytes = Arrays.copyOf(bytes, (int) Math.max(needed, Math.min(2L * bytes.length, Integer.MAX_VALUE / 2)));
        }
    }
}
