package io.rowlake.decode;

import io.rowlake.decode.Tokens.Token;
import java.time.Instant;
import java.util.Base64;

/** JSON text without white space between its tokens, and with numbers as they were written. */
final class CompactJson {

    private final Tokens tokens;
    private final Utf8Buffer target;

    private CompactJson(Tokens tokens, Utf8Buffer target) {
        this.tokens = tokens;
        this.target = target;
    }

    /** Appends the current value, and goes to its end. */
    static void write(Tokens tokens, Utf8Buffer target) {
        new CompactJson(tokens, target).value();
    }

    // Recursion is as deep as the value is nested, which carriers bound.
    private void value() {
        switch (tokens.token()) {
            case NULL -> target.ascii("null");
            case BOOLEAN -> target.ascii(tokens.booleanValue() ? "true" : "false");
            case INTEGER, FRACTION -> tokens.writeNumber(target);
            case TEXT -> tokens.writeQuoted(target);
            case BYTES -> target.quoted(Base64.getEncoder().encodeToString(tokens.bytesValue()));
            case DATE -> target.quoted(Instant.ofEpochMilli(tokens.dateMillis()).toString());
            case BEGIN_LIST -> list();
            case BEGIN_OBJECT -> object();
            case NON_FINITE ->
                throw new WrongValueException("must be JSON, which has neither NaN nor infinities, but has "
                        + tokens.found() + ": send null or a text in its place");
            case NAME, END_LIST, END_OBJECT, END -> throw WrongValueException.expected("JSON", tokens);
        }
    }

    private void list() {
        target.ascii('[');
        boolean first = true;
        while (tokens.next() != Token.END_LIST) {
            separate(first);
            first = false;
            value();
        }
        target.ascii(']');
    }

    private void object() {
        target.ascii('{');
        boolean first = true;
        while (tokens.next() == Token.NAME) {
            separate(first);
            first = false;
            target.quoted(tokens.name());
            target.ascii(':');
            tokens.next();
            value();
        }
        target.ascii('}');
    }

    private void separate(boolean first) {
        if (!first) {
            target.ascii(',');
        }
    }
}
