package io.rowlake.decode;

import io.rowlake.decode.DecodeSettings.EventFormat;
import io.rowlake.decode.Payload.JsonBytes;
import io.rowlake.decode.Payload.Text;
import io.rowlake.decode.Payload.Tree;
import io.rowlake.decode.SourceSchema.SourceColumn;
import io.rowlake.decode.Tokens.Token;
import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.DecimalType;
import io.rowlake.event.ColumnType.Scalar;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the key columns of rows that have no after-image. */
final class KeyReader {

    private static final String SUBJECT = "the key";

    /** Columns whose bare text is that of the JSON value. */
    private static final Set<Scalar> NUMBERS =
            Set.of(Scalar.INT, Scalar.LONG, Scalar.FLOAT, Scalar.DOUBLE, Scalar.BOOLEAN, Scalar.JSON);

    private final RowReader rows;

    KeyReader(RowReader rows) {
        this.rows = rows;
    }

    /** The names of a key's fields, empty where it is no object. */
    static List<String> names(Payload key) {
        List<String> names = new ArrayList<>();
        if (isObject(key)) {
            try (Tokens tokens = unwrapped(key)) {
                while (tokens.token() != Token.END_OBJECT && tokens.next() == Token.NAME) {
                    names.add(tokens.name());
                    tokens.next();
                    tokens.skip();
                }
            }
        }
        return names;
    }

    /**
     * Appends the key columns from a record's key.
     *
     * @return whether all of them were there
     */
    boolean read(Payload key, SourceSchema schema) {
        if (isObject(key)) {
            try (Tokens tokens = unwrapped(key)) {
                return tokens.token() == Token.BEGIN_OBJECT
                        ? rows.readKey(tokens, schema.primaryKey())
                        : readSingle(tokens, schema);
            }
        }
        if (key == Payload.Absent.ABSENT) {
            return false;
        }
        try (Tokens tokens = single(key, schema)) {
            tokens.next();
            boolean found = readSingle(tokens, schema);
            if (found && tokens.next() != Token.END) {
                throw new BadEventException(SUBJECT + " must be one value but is followed by " + tokens.found());
            }
            return found;
        }
    }

    /** Appends the key columns from {@code before}, where the value has one. */
    boolean readBefore(Carrier value, Layout layout, SourceSchema schema) {
        try (Tokens tokens = value.tokens()) {
            tokens.next();
            return (!layout.wrapped() || enter(tokens, Layout.PAYLOAD))
                    && enter(tokens, Layout.BEFORE)
                    && tokens.token() == Token.BEGIN_OBJECT
                    && rows.readKey(tokens, schema.primaryKey());
        }
    }

    private boolean readSingle(Tokens tokens, SourceSchema schema) {
        if (schema.primaryKey().size() != 1 || tokens.token() == Token.NULL) {
            return false;
        }
        rows.readSingle(schema.primaryKey().get(0), tokens);
        return true;
    }

    private static boolean isObject(Payload key) {
        if (key instanceof JsonBytes json) {
            return startsAsObject(json.bytes());
        }
        if (key instanceof Text text) {
            return text.text().stripLeading().startsWith("{");
        }
        return key instanceof Tree;
    }

    private static boolean startsAsObject(byte[] json) {
        int at = 0;
        while (at < json.length && (json[at] == ' ' || json[at] == '\n' || json[at] == '\r' || json[at] == '\t')) {
            at++;
        }
        return at < json.length && json[at] == '{';
    }

    /** Stands at the key, be it in Connect's JSON with schema or not. */
    private static Tokens unwrapped(Payload key) {
        Carrier carrier = Carrier.of(key, SUBJECT).orElseThrow();
        boolean wrapped;
        try (Tokens names = carrier.tokens()) {
            wrapped = Layout.of(names, EventFormat.ROW).wrapped();
        }
        Tokens tokens = carrier.tokens();
        tokens.next();
        if (wrapped) {
            enter(tokens, Layout.PAYLOAD);
        }
        return tokens;
    }

    /** A key of one column, which may be a bare word: JSON only if it is quoted, or the column's text is JSON's. */
    private static Tokens single(Payload key, SourceSchema schema) {
        Optional<String> text = text(key);
        if (text.isPresent() && !text.get().startsWith("\"") && !isNumber(schema)) {
            return new TreeTokens(text.get());
        }
        return Carrier.of(key, SUBJECT).orElseThrow().tokens();
    }

    private static Optional<String> text(Payload key) {
        if (key instanceof Text text) {
            return Optional.of(text.text());
        }
        if (key instanceof JsonBytes json) {
            int wrong = Utf8.firstInvalid(json.bytes());
            if (wrong != Utf8.VALID) {
                throw new BadEventException(SUBJECT + " must be UTF-8 but is not at byte " + wrong);
            }
            return Optional.of(new String(json.bytes(), StandardCharsets.UTF_8));
        }
        return Optional.empty();
    }

    private static boolean isNumber(SourceSchema schema) {
        for (SourceColumn column : schema.columns()) {
            if (schema.primaryKey().contains(column.name())) {
                ColumnType type = column.form().type();
                return type instanceof DecimalType || (type instanceof Scalar scalar && NUMBERS.contains(scalar));
            }
        }
        return false;
    }

    /** From the beginning of an object to the value of a field, if there is one. */
    private static boolean enter(Tokens tokens, String name) {
        if (tokens.token() != Token.BEGIN_OBJECT) {
            return false;
        }
        while (tokens.next() == Token.NAME) {
            boolean found = tokens.name().equals(name);
            tokens.next();
            if (found) {
                return true;
            }
            tokens.skip();
        }
        return false;
    }
}
