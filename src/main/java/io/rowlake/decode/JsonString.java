package io.rowlake.decode;

import io.rowlake.batch.ValueAppender;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A string in JSON text, which must be valid UTF-8. Used again for the next string. */
final class JsonString {

    /** The bytes are no string as JSON has it. */
    static final int NONE = -1;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final int HEX_DIGITS = 4;
    private static final int UNICODE_ESCAPE_LENGTH = 2 + HEX_DIGITS;
    private static final int ASCII_COUNT = 128;
    private static final String[] LETTERS = letters();

    private final char[] pair = new char[2];
    private byte[] bytes = {};
    private int start;
    private int end;
    private boolean escaped;

    private static String[] letters() {
        String[] letters = new String[ASCII_COUNT];
        for (int i = 0; i < ASCII_COUNT; i++) {
            letters[i] = String.valueOf((char) i);
        }
        return letters;
    }

    /** Reads the string whose first byte behind the quote is given. Returns where it ends, with its quote, or {@link #NONE}. */
    int scan(byte[] text, int from) {
        bytes = text;
        start = from;
        escaped = false;
        int at = nextSpecial(text, from);
        while (at < text.length && text[at] == '\\') {
            int length = escapeLength(text, at);
            if (length == 0) {
                return NONE;
            }
            escaped = true;
            at = nextSpecial(text, at + length);
        }
        end = at;
        return at < text.length && text[at] == '"' ? at + 1 : NONE;
    }

    /** The next quote, backslash or control character at or after a byte; the length of the text if there is none. */
    static int nextSpecial(byte[] text, int from) {
        int at = from;
        while (at + Long.BYTES <= text.length) {
            long found = specials((long) LONGS.get(text, at));
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >>> 3);
            }
            at += Long.BYTES;
        }
        while (at < text.length && !isSpecial(text[at])) {
            at++;
        }
        return at;
    }

    /** The high bit of each byte that is special; of bytes after the first such it may be set in error. */
    private static long specials(long eight) {
        long quotes = eight ^ ONES * '"';
        long backslashes = eight ^ ONES * '\\';
        long found = (quotes - ONES & ~quotes) | (backslashes - ONES & ~backslashes) | (eight - ONES * ' ' & ~eight);
        return found & HIGH_BITS;
    }

    private static boolean isSpecial(byte character) {
        return character == '"' || character == '\\' || (character >= 0 && character < ' ');
    }

    /** How many bytes the escape takes that begins at a backslash, or 0 if it is none. */
    private static int escapeLength(byte[] text, int at) {
        if (at + 1 == text.length) {
            return 0;
        }
        return switch (text[at + 1]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> 2;
            case 'u' -> hex(text, at + 2) < 0 ? 0 : UNICODE_ESCAPE_LENGTH;
            default -> 0;
        };
    }

    /** Less than 0 if there are no four hexadecimal digits. */
    private static int hex(byte[] text, int from) {
        if (from + HEX_DIGITS > text.length) {
            return -1;
        }
        int value = 0;
        for (int i = from; i < from + HEX_DIGITS; i++) {
            value = value << 4 | Character.digit(text[i], 16);
        }
        return value;
    }

    boolean isEscaped() {
        return escaped;
    }

    String text() {
        if (end - start == 1 && bytes[start] >= 0) {
            return LETTERS[bytes[start]];
        }
        if (!escaped) {
            return new String(bytes, start, end - start, StandardCharsets.UTF_8);
        }
        var text = new StringBuilder(end - start);
        int from = start;
        while (from < end) {
            int special = nextSpecial(bytes, from);
            text.append(new String(bytes, from, special - from, StandardCharsets.UTF_8));
            from = special;
            if (special < end) {
                text.append(unescaped(special));
                from += escapeLength(bytes, special);
            }
        }
        return text.toString();
    }

    /** Appends the bytes as they stand, which are not escaped. */
    void append(ValueAppender target) {
        target.appendBytes(bytes, start, end - start);
    }

    void write(Utf8Buffer target) {
        int from = start;
        while (from < end) {
            int special = nextSpecial(bytes, from);
            target.bytes(bytes, from, special);
            from = special == end ? end : writeEscape(special, target);
        }
    }

    /** Returns where the escape ends; that of a surrogate together with the one that follows it. */
    private int writeEscape(int at, Utf8Buffer target) {
        pair[0] = unescaped(at);
        int next = at + escapeLength(bytes, at);
        if (!Character.isHighSurrogate(pair[0]) || bytes[next] != '\\') {
            target.text(pair, 0, 1);
            return next;
        }
        pair[1] = unescaped(next);
        target.text(pair, 0, 2);
        return next + escapeLength(bytes, next);
    }

    /** As a JSON string, with no more escapes than there must be. */
    void writeQuoted(Utf8Buffer target) {
        if (escaped) {
            target.quoted(text());
        } else {
            target.ascii('"');
            target.bytes(bytes, start, end);
            target.ascii('"');
        }
    }

    private char unescaped(int at) {
        byte letter = bytes[at + 1];
        return switch (letter) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> (char) hex(bytes, at + 2);
            default -> (char) letter;
        };
    }
}
