package io.rowlake.decode;

import io.rowlake.batch.BatchBuilder;
import io.rowlake.decode.DecodeSettings.Deletes;
import io.rowlake.decode.Layout.Shape;
import io.rowlake.decode.Payload.JsonBytes;
import io.rowlake.event.MalformedEventException;
import io.rowlake.event.Operation;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes rows of the records of one topic.
 *
 * <p>A record is read once, on the assumption that it is laid out like the one before and has its schema. What doesn't
 * fit the assumption is taken back, looked at, and read again. JSON bytes are first read by {@link ByteTokens}, which is
 * fast and takes what is plain; whatever it refuses is taken back and read as if that had not been tried. What a value is
 * where the format is {@code AUTO} is told from its fields: an object of exactly {@code schema} and {@code payload} is
 * Connect's JSON with schema, and its payload the value; a value with {@code op} is an envelope, if it also has
 * {@code before} or {@code after}, or no field but those of envelopes; everything else is a row.
 *
 * <p>Not safe for several threads.
 */
public final class TopicDecoder {

    private final DecodeSettings settings;
    private final RowReader rows;
    private final Consumer<Tokens> rowConsumer;
    private final KeyReader keys;
    private final TopicSchemas schemas;
    private final Event event = new Event();
    private final EventReader reader;
    private final ByteTokens byteTokens = new ByteTokens();
    private @Nullable Layout layout;

    /** What became of a record. */
    public enum Outcome {
        /** The batch has one more row. */
        APPENDED,
        /** A delete, passed over as the settings say. */
        IGNORED_DELETE,
        /** A truncate, passed over as the settings say, or because nothing is known of the table yet. */
        IGNORED_TRUNCATE
    }

    public TopicDecoder(DecodeSettings settings, RowTarget target) {
        this.settings = settings;
        this.rows = new RowReader(target);
        this.rowConsumer = rows::read;
        this.keys = new KeyReader(rows);
        this.schemas = new TopicSchemas(settings);
        this.reader = new EventReader(event, schemas);
    }

    /**
     * Appends the row of one record to the target's batch, or no row. After an exception the batch is as it was.
     *
     * @throws MalformedEventException if the record is bad
     * @throws io.rowlake.batch.BatchFullException if the batch has no room: decode the record again when the target has
     *     another batch
     */
    public Outcome decode(RawRecord record) {
        try {
            event.clear();
            rows.beginRecord();
            if (record.value() instanceof JsonBytes json && readPlain(json.bytes())) {
                return finish(record, operation());
            }
            Optional<Carrier> value = value(record);
            return value.isEmpty() ? delete(record) : decode(record, value.get());
        } catch (BadEventException | SchemaException problem) {
            rows.rollback();
            throw new MalformedEventException(record.position(), String.valueOf(problem.getMessage()));
        } catch (RuntimeException problem) {
            rows.rollback();
            throw problem;
        }
    }

    private static Optional<Carrier> value(RawRecord record) {
        return Carrier.of(record.value(), "the value");
    }

    /** Appends the row of plain JSON that is laid out like the record before and has its schema; else appends nothing. */
    private boolean readPlain(byte[] json) {
        Layout known = layout;
        if (known == null || rows.hasTellingNames() || Utf8.firstInvalid(json) != Utf8.VALID) {
            return false;
        }
        byteTokens.begin(json);
        try {
            if (readOnce(byteTokens, known) && !rows.hasAdditions()) {
                return true;
            }
        } catch (BadEventException problem) {
            // Told, if it is one, when the record is read again.
        }
        rows.rollback();
        return false;
    }

    private Outcome decode(RawRecord record, Carrier value) {
        Layout known = layout;
        if (known == null || !schemas.knows(value.type())) {
            settle(record, value);
        }
        readRow(record, value);
        if (rows.hasAdditions()) {
            extendInferred(record);
            readOnce(value);
        }
        return finish(record, operation());
    }

    private void readRow(RawRecord record, Carrier value) {
        boolean doubtful;
        try {
            doubtful = !readOnce(value);
        } catch (BadEventException problem) {
            rows.rollback();
            if (!settle(record, value)) {
                throw problem;
            }
            readOnce(value);
            return;
        }
        if (doubtful && settle(record, value)) {
            rows.rollback();
            readOnce(value);
        }
    }

    /** Appends the row, and says whether it was read by the right layout and schema for sure. */
    private boolean readOnce(Carrier value) {
        try (Tokens tokens = value.tokens()) {
            return readOnce(tokens, layout());
        }
    }

    private boolean readOnce(Tokens tokens, Layout current) {
        useSchema();
        reader.read(tokens, current, rowConsumer);
        return reader.fits(current, settings.format()) && schemas.knows(event) && !rows.metTellingName();
    }

    /** Looks at the record without its row. Says whether its layout or schema is another than before. */
    private boolean settle(RawRecord record, Carrier value) {
        Layout before = layout;
        SourceSchema schemaBefore = schemas.current();
        Layout found;
        try (Tokens tokens = value.tokens()) {
            found = Layout.of(tokens, settings.format());
        }
        try (Tokens tokens = value.tokens()) {
            reader.read(tokens, found, Tokens::skip);
        }
        schemas.learn(event, found, record.key());
        if (value.type().isPresent()) {
            schemas.learn(value.type().get(), found, record.key());
        }
        layout = found;
        return !found.equals(before) || !schemas.current().equals(schemaBefore);
    }

    private Layout layout() {
        if (layout == null) {
            throw new IllegalStateException("The layout is settled before a record is read");
        }
        return layout;
    }

    private void useSchema() {
        if (schemas.isDeclared()) {
            rows.useDeclared(schemas.current());
        } else {
            rows.useInferred(schemas.current());
        }
    }

    private void extendInferred(RawRecord record) {
        rows.rollback();
        schemas.extend(rows.additions(), KeyReader.names(record.key()));
    }

    private Operation operation() {
        if (layout().shape() == Shape.ROW) {
            return event.hasRow ? Operation.UPDATE : Operation.DELETE;
        }
        String op = event.op;
        if (op == null) {
            throw new BadEventException("'op' must be one of c, r, u, d, t but is missing");
        }
        return Operation.of(op)
                .orElseThrow(
                        () -> new BadEventException("'op' must be one of c, r, u, d, t but was " + Found.quoted(op)));
    }

    private Outcome finish(RawRecord record, Operation operation) {
        return switch (operation) {
            case CREATE, READ, UPDATE -> {
                if (!event.hasRow) {
                    throw new BadEventException("'after' must be the row, since op is '" + operation.letter()
                            + "', but is missing or null");
                }
                yield append(record, operation);
            }
            case DELETE -> delete(record);
            case TRUNCATE -> truncate(record);
        };
    }

    private Outcome append(RawRecord record, Operation operation) {
        BatchBuilder builder = rows.builder();
        if (builder == null) {
            throw new BadEventException("no column can be inferred, since the row has no value that is not null: send a"
                    + " schema with the event, or pin the schema of the topic");
        }
        builder.endRow(operation, record.position(), event.timestampMillis(record.timestampMillis()));
        return Outcome.APPENDED;
    }

    private Outcome delete(RawRecord record) {
        rows.rollback();
        if (settings.deletes() == Deletes.IGNORE) {
            return Outcome.IGNORED_DELETE;
        }
        boolean found = readKey(record);
        if (rows.hasAdditions()) {
            extendInferred(record);
            found = readKey(record);
        }
        if (!found) {
            throw new BadEventException(
                    "a delete must have its key in the record's key or in 'before' but " + missingKey());
        }
        return append(record, Operation.DELETE);
    }

    private boolean readKey(RawRecord record) {
        useSchema();
        SourceSchema schema = schemas.current();
        if (keys.read(record.key(), schema)) {
            return true;
        }
        rows.rollback();
        Optional<Carrier> value = value(record);
        return value.isPresent() && keys.readBefore(value.get(), layout(), schema);
    }

    private String missingKey() {
        String columns = String.join(", ", schemas.current().primaryKey());
        return columns.isEmpty() ? "neither is an object" : "neither has a value for each of " + columns;
    }

    private Outcome truncate(RawRecord record) {
        rows.rollback();
        if (settings.deletes() == Deletes.IGNORE || rows.builder() == null) {
            return Outcome.IGNORED_TRUNCATE;
        }
        return append(record, Operation.TRUNCATE);
    }
}
