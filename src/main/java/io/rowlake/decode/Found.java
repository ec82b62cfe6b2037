package io.rowlake.decode;

import io.rowlake.decode.Tokens.Token;
import java.time.Instant;

/** Values as messages show them. */
final class Found {

    private static final int LENGTH_MAX = 40;

    private Found() {}

    static String text(Tokens tokens) {
        Token token = tokens.token();
        return switch (token) {
            case NULL -> "null";
            case BOOLEAN -> Boolean.toString(tokens.booleanValue());
            case INTEGER, FRACTION, NON_FINITE -> shortened(tokens.text());
            case TEXT -> quoted(tokens.text());
            case BYTES -> tokens.bytesValue().length + " bytes";
            case DATE -> Instant.ofEpochMilli(tokens.dateMillis()).toString();
            case BEGIN_LIST, END_LIST -> "a list";
            case BEGIN_OBJECT, NAME, END_OBJECT -> "an object";
            case END -> "nothing";
        };
    }

    static String quoted(String text) {
        return "'" + shortened(text) + "'";
    }

    private static String shortened(String text) {
        return text.length() <= LENGTH_MAX ? text : text.substring(0, LENGTH_MAX) + "\u2026";
    }
}
