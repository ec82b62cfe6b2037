package io.rowlake.decode;

/** White space between the tokens of JSON text. */
final class JsonSpace {

    private JsonSpace() {}

    /** Where the white space ends that may begin at a byte. */
    static int end(byte[] text, int from) {
        int end = from;
        while (end < text.length && text[end] <= ' ' && isSpace(text[end])) {
            end++;
        }
        return end;
    }

    private static boolean isSpace(byte character) {
        return character == ' ' || character == '\n' || character == '\r' || character == '\t';
    }

    /** Copies a part of a text, which has strings without escapes alone, and leaves out white space between tokens. */
    static void copyWithout(byte[] text, int from, int to, Utf8Buffer target) {
        int copied = from;
        int next = from;
        while (next < to) {
            byte found = text[next];
            if (found == '"') {
                next = JsonString.nextSpecial(text, next + 1) + 1;
            } else if (found > ' ') {
                next++;
            } else {
                target.bytes(text, copied, next);
                next = end(text, next);
                copied = next;
            }
        }
        target.bytes(text, copied, to);
    }
}
