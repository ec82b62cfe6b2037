package io.rowlake.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Optional;

/** A pattern of LIKE: {@code %} is any text, {@code _} one character, everything else is itself. */
final class LikePattern {

    private static final int ANY_TEXT = -1;
    private static final int ONE_CHARACTER = -2;
    private static final int BYTE_MASK = 0xFF;
    /** The two first bits of a byte that continues a character in UTF-8. */
    private static final int CONTINUATION_MASK = 0xC0;

    private static final int CONTINUATION = 0x80;

    private final int[] tokens;

    private LikePattern(int[] tokens) {
        this.tokens = tokens;
    }

    /**
     * @param escape the character that makes the next one stand for itself
     * @throws IllegalArgumentException if the escape stands before nothing
     */
    static LikePattern of(String pattern, Optional<Integer> escape) {
        int[] tokens = new int[pattern.getBytes(UTF_8).length];
        int count = 0;
        boolean escaped = false;
        for (int character : pattern.codePoints().toArray()) {
            if (!escaped && escape.filter(mark -> mark == character).isPresent()) {
                escaped = true;
                continue;
            }
            int token = escaped ? character : token(character);
            escaped = false;
            if (token < 0) {
                tokens[count++] = token;
                continue;
            }
            for (byte unit : Character.toString(character).getBytes(UTF_8)) {
                tokens[count++] = unit & BYTE_MASK;
            }
        }
        if (escaped) {
            throw new IllegalArgumentException("the escape character stands at the end, before nothing");
        }
        return new LikePattern(Arrays.copyOf(tokens, count));
    }

    private static int token(int character) {
        return switch (character) {
            case '%' -> ANY_TEXT;
            case '_' -> ONE_CHARACTER;
            default -> character;
        };
    }

    /** Whether the text matches as a whole. Takes no more than the text's length times the pattern's. */
    boolean matches(byte[] array, int start, int length) {
        int end = start + length;
        int at = start;
        int token = 0;
        int resumeToken = -1;
        int resumeAt = start;
        while (at < end) {
            if (token < tokens.length && tokens[token] == ANY_TEXT) {
                resumeToken = ++token;
                resumeAt = at;
            } else if (token < tokens.length && takes(tokens[token], array[at])) {
                at = tokens[token] == ONE_CHARACTER ? afterCharacter(array, at, end) : at + 1;
                token++;
            } else if (resumeToken >= 0) {
                resumeAt = afterCharacter(array, resumeAt, end);
                at = resumeAt;
                token = resumeToken;
            } else {
                return false;
            }
        }
        while (token < tokens.length && tokens[token] == ANY_TEXT) {
            token++;
        }
        return token == tokens.length;
    }

    private static boolean takes(int token, byte unit) {
        return token == ONE_CHARACTER || token == (unit & BYTE_MASK);
    }

    private static int afterCharacter(byte[] array, int at, int end) {
        int next = at + 1;
        while (next < end && (array[next] & CONTINUATION_MASK) == CONTINUATION) {
            next++;
        }
        return next;
    }
}
