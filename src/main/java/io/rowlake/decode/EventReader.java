package io.rowlake.decode;

import io.rowlake.decode.DecodeSettings.EventFormat;
import io.rowlake.decode.Layout.Shape;
import io.rowlake.decode.Tokens.Token;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads a value from front to back by a layout: the envelope itself, and the row through whoever takes it. */
final class EventReader {

    private static final NameIndex SOURCE = new NameIndex(List.of(Layout.TS_MS));

    private final Event event;
    private final TopicSchemas schemas;

    EventReader(Event event, TopicSchemas schemas) {
        this.event = event;
        this.schemas = schemas;
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
        int index = NameIndex.NONE;
        while (tokens.next() == Token.NAME) {
            index = tokens.nameIn(Layout.WRAPPER, index + 1);
            if (index == NameIndex.NONE) {
                throw new BadEventException("the value must have nothing beside 'schema' and 'payload' but has "
                        + Found.quoted(tokens.name()));
            }
            tokens.next();
            if (Layout.WRAPPER.name(index).equals(Layout.SCHEMA)) {
                requireFirst(!event.hasSchema, Layout.SCHEMA);
                event.hasSchema = true;
                event.connectSchema =
                        tokens.token() == Token.BEGIN_OBJECT ? tokens.block(schemas.lastConnectBlock()) : null;
            } else {
                requireFirst(!event.hasPayload, Layout.PAYLOAD);
                event.hasPayload = true;
                readPayload(tokens, shape, rows);
            }
        }
    }

    private static void requireFirst(boolean isFirst, String name) {
        if (!isFirst) {
            throw new BadEventException("the value must have each field once but has '" + name + "' twice");
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
        int index = NameIndex.NONE;
        int met = 0;
        while (tokens.next() == Token.NAME) {
            index = tokens.nameIn(Layout.ENVELOPE, index + 1);
            tokens.next();
            if (index == NameIndex.NONE) {
                event.hasForeignName = true;
                tokens.skip();
            } else {
                requireFirst((met & 1 << index) == 0, Layout.ENVELOPE.name(index));
                met |= 1 << index;
                readField(Layout.ENVELOPE.name(index), tokens, rows);
            }
        }
    }

    private void readField(String name, Tokens tokens, Consumer<Tokens> rows) {
        switch (name) {
            case Layout.OP -> event.op = op(tokens);
            case Layout.BEFORE -> readBefore(tokens);
            case Layout.AFTER -> readAfter(tokens, rows);
            case Layout.SCHEMA -> event.ownSchema = schema(tokens);
            case Layout.SOURCE -> readSource(tokens);
            case Layout.TS_MS -> event.envelopeMillis = millis(tokens, event.envelopeMillis, name);
            default -> tokens.skip();
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

    private @Nullable JsonBlock schema(Tokens tokens) {
        if (tokens.token() == Token.NULL) {
            return null;
        }
        if (tokens.token() != Token.BEGIN_OBJECT) {
            throw new BadEventException("'schema' must be an object or null but was " + tokens.found());
        }
        return tokens.block(schemas.lastOwnBlock());
    }

    private void readSource(Tokens tokens) {
        if (tokens.token() != Token.BEGIN_OBJECT) {
            tokens.skip();
            return;
        }
        boolean met = false;
        while (tokens.next() == Token.NAME) {
            boolean isTime = tokens.nameIn(SOURCE, 0) != NameIndex.NONE;
            tokens.next();
            if (isTime) {
                requireFirst(!met, "source.ts_ms");
                met = true;
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
