package io.rowlake.decode;

import io.rowlake.decode.DecodeSettings.EventFormat;
import io.rowlake.decode.Layout.Shape;
import io.rowlake.decode.Tokens.Token;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads a value from front to back by a layout: the envelope itself, and the row through whoever takes it. */
final class EventReader {

    private final Event event;

    EventReader(Event event) {
        this.event = event;
    }

    /** The consumer gets the tokens at the beginning of the row's object, and takes them to its end. */
    void read(Tokens tokens, Layout layout, Consumer<Tokens> rows) {
        event.clear();
        if (tokens.next() != Token.BEGIN_OBJECT) {
            throw new BadEventException("the value must be an object but was " + tokens.found());
        }
        if (layout.wrapped()) {
            readWrapper(tokens, layout.shape(), rows);
        } else {
            readValue(tokens, layout.shape(), rows);
        }
        if (tokens.next() != Token.END) {
            throw new BadEventException("the value must be one object but is followed by " + tokens.found());
        }
    }

    /** Whether what was read has the layout by which it was read. */
    boolean fits(Layout layout, EventFormat format) {
        if (layout.wrapped() && !(event.hasSchema && event.hasPayload)) {
            return false;
        }
        return switch (layout.shape()) {
            case ROW -> true;
            case ENVELOPE ->
                event.op != null && (format != EventFormat.AUTO || event.hasBeforeOrAfter || !event.hasForeignName);
        };
    }

    private void readWrapper(Tokens tokens, Shape shape, Consumer<Tokens> rows) {
        while (tokens.next() == Token.NAME) {
            String name = tokens.name();
            tokens.next();
            switch (name) {
                case Layout.SCHEMA -> {
                    event.hasSchema = true;
                    event.connectSchema = tokens.token() == Token.BEGIN_OBJECT ? tokens.block() : null;
                }
                case Layout.PAYLOAD -> {
                    event.hasPayload = true;
                    readPayload(tokens, shape, rows);
                }
                default ->
                    throw new BadEventException(
                            "the value must have nothing beside 'schema' and 'payload' but has " + Found.quoted(name));
            }
        }
    }

    private void readPayload(Tokens tokens, Shape shape, Consumer<Tokens> rows) {
        if (tokens.token() == Token.BEGIN_OBJECT) {
            readValue(tokens, shape, rows);
        } else if (tokens.token() != Token.NULL) {
            throw new BadEventException("'payload' must be an object or null but was " + tokens.found());
        }
    }

    private void readValue(Tokens tokens, Shape shape, Consumer<Tokens> rows) {
        switch (shape) {
            case ROW -> {
                event.hasRow = true;
                rows.accept(tokens);
            }
            case ENVELOPE -> readEnvelope(tokens, rows);
        }
    }

    private void readEnvelope(Tokens tokens, Consumer<Tokens> rows) {
        while (tokens.next() == Token.NAME) {
            String name = tokens.name();
            tokens.next();
            switch (name) {
                case Layout.OP -> event.op = op(tokens);
                case Layout.BEFORE -> readBefore(tokens);
                case Layout.AFTER -> readAfter(tokens, rows);
                case Layout.SCHEMA -> event.ownSchema = schema(tokens);
                case Layout.SOURCE -> readSource(tokens);
                case Layout.TS_MS -> event.envelopeMillis = millis(tokens, event.envelopeMillis, name);
                default -> {
                    event.hasForeignName |= !Layout.ENVELOPE_NAMES.contains(name);
                    tokens.skip();
                }
            }
        }
    }

    private static String op(Tokens tokens) {
        return tokens.token() == Token.TEXT ? tokens.text() : tokens.found();
    }

    private void readBefore(Tokens tokens) {
        event.hasBeforeOrAfter = true;
        if (tokens.token() != Token.BEGIN_OBJECT && tokens.token() != Token.NULL) {
            throw new BadEventException("'before' must be an object or null but was " + tokens.found());
        }
        tokens.skip();
    }

    private void readAfter(Tokens tokens, Consumer<Tokens> rows) {
        event.hasBeforeOrAfter = true;
        if (tokens.token() == Token.BEGIN_OBJECT) {
            event.hasRow = true;
            rows.accept(tokens);
        } else if (tokens.token() != Token.NULL) {
            throw new BadEventException("'after' must be an object or null but was " + tokens.found());
        }
    }

    private static @Nullable JsonBlock schema(Tokens tokens) {
        if (tokens.token() == Token.NULL) {
            return null;
        }
        if (tokens.token() != Token.BEGIN_OBJECT) {
            throw new BadEventException("'schema' must be an object or null but was " + tokens.found());
        }
        return tokens.block();
    }

    private void readSource(Tokens tokens) {
        if (tokens.token() != Token.BEGIN_OBJECT) {
            tokens.skip();
            return;
        }
        while (tokens.next() == Token.NAME) {
            String name = tokens.name();
            tokens.next();
            if (name.equals(Layout.TS_MS)) {
                event.sourceMillis = millis(tokens, event.sourceMillis, "source.ts_ms");
            } else {
                tokens.skip();
            }
        }
    }

    private static long millis(Tokens tokens, long absent, String field) {
        if (tokens.token() == Token.NULL) {
            return absent;
        }
        try {
            return WholeNumberReader.exact(tokens, "milliseconds since 1970");
        } catch (WrongValueException problem) {
            throw problem.inField(field);
        }
    }
}
