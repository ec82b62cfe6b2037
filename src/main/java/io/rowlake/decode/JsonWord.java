package io.rowlake.decode;

import io.rowlake.decode.Tokens.Token;

/** The words of JSON text, and those that Python and others write for numbers that JSON doesn't have. */
enum JsonWord {
    TRUE("true", Token.BOOLEAN),
    FALSE("false", Token.BOOLEAN),
    NULL("null", Token.NULL),
    NAN("NaN", Token.NON_FINITE),
    INFINITY("Infinity", Token.NON_FINITE),
    MINUS_INFINITY("-Infinity", Token.NON_FINITE);

    private final String letters;
    private final Token token;

    JsonWord(String letters, Token token) {
        this.letters = letters;
        this.token = token;
    }

    Token token() {
        return token;
    }

    String text() {
        return letters;
    }

    int length() {
        return letters.length();
    }

    /** Whether a text goes on with the word. */
    boolean isAt(byte[] text, int start) {
        boolean same = letters.length() <= text.length - start;
        for (int i = 0; same && i < letters.length(); i++) {
            same = text[start + i] == letters.charAt(i);
        }
        return same;
    }

    /** Of one that stands for a number. */
    double doubleValue() {
        return switch (this) {
            case INFINITY -> Double.POSITIVE_INFINITY;
            case MINUS_INFINITY -> Double.NEGATIVE_INFINITY;
            case NAN, TRUE, FALSE, NULL -> Double.NaN;
        };
    }
}
