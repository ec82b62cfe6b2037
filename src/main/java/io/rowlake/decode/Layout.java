package io.rowlake.decode;

import io.rowlake.decode.DecodeSettings.EventFormat;
import io.rowlake.decode.Tokens.Token;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Where the row stands in a value.
 *
 * <p>A value of exactly the fields {@code schema}, an object or null, and {@code payload} is Connect's JSON with schema:
 * the payload is the value. Where the format is {@code AUTO}, a value is an envelope if it has {@code op}, and
 * {@code before} or {@code after} or else nothing but fields of envelopes ({@link #ENVELOPE_NAMES}); otherwise it is a row.
 * So a row with columns of such names is a reason to pin the format.
 *
 * @param wrapped whether the value is the payload of Connect's JSON with schema
 */
record Layout(boolean wrapped, Shape shape) {

    /** What the value is, once unwrapped. */
    enum Shape {
        ENVELOPE,
        ROW
    }

    static final String SCHEMA = "schema";
    static final String PAYLOAD = "payload";
    static final String OP = "op";
    static final String BEFORE = "before";
    static final String AFTER = "after";
    static final String SOURCE = "source";
    static final String TS_MS = "ts_ms";

    /** The fields of our envelope and of Debezium's. */
    static final Set<String> ENVELOPE_NAMES;

    /** The same, in the order in which they mostly come. */
    static final NameIndex ENVELOPE;

    /** The fields of Connect's JSON with schema. */
    static final NameIndex WRAPPER = new NameIndex(List.of(SCHEMA, PAYLOAD));

    static {
        List<String> names =
                List.of(OP, BEFORE, AFTER, SOURCE, TS_MS, SCHEMA, "ts_us", "ts_ns", "transaction", "errors");
        ENVELOPE_NAMES = Set.copyOf(names);
        ENVELOPE = new NameIndex(names);
    }

    /** Whether a column of this name could make a row look like an envelope, or like Connect's JSON with schema. */
    static boolean isTellingName(String name) {
        return name.equals(OP) || name.equals(PAYLOAD);
    }

    /** Looks at the names of the fields alone. */
    static Layout of(Tokens tokens, EventFormat format) {
        Names outer = Names.of(tokens);
        if (!outer.isWrapper()) {
            return new Layout(false, shape(outer, format));
        }
        return new Layout(true, shape(outer.payload(), format));
    }

    private static Shape shape(Names names, EventFormat format) {
        return switch (format) {
            case ENVELOPE, DEBEZIUM -> Shape.ENVELOPE;
            case ROW -> Shape.ROW;
            case AUTO -> names.areOfEnvelope() ? Shape.ENVELOPE : Shape.ROW;
        };
    }

    private record Names(Set<String> all, boolean schemaIsBlock, Set<String> inPayload) {

        static Names of(Tokens tokens) {
            Set<String> all = new HashSet<>();
            Set<String> inPayload = new HashSet<>();
            boolean schemaIsBlock = false;
            if (tokens.next() == Token.BEGIN_OBJECT) {
                while (tokens.next() == Token.NAME) {
                    String name = tokens.name();
                    all.add(name);
                    tokens.next();
                    if (name.equals(SCHEMA)) {
                        schemaIsBlock = tokens.token() == Token.BEGIN_OBJECT || tokens.token() == Token.NULL;
                    }
                    if (name.equals(PAYLOAD) && tokens.token() == Token.BEGIN_OBJECT) {
                        addNames(tokens, inPayload);
                    }
                    tokens.skip();
                }
            }
            return new Names(all, schemaIsBlock, inPayload);
        }

        private static void addNames(Tokens tokens, Set<String> names) {
            while (tokens.next() == Token.NAME) {
                names.add(tokens.name());
                tokens.next();
                tokens.skip();
            }
        }

        boolean isWrapper() {
            return schemaIsBlock && all.size() == 2 && all.contains(PAYLOAD);
        }

        Names payload() {
            return new Names(inPayload, false, Set.of());
        }

        boolean areOfEnvelope() {
            return all.contains(OP) && (all.contains(BEFORE) || all.contains(AFTER) || ENVELOPE_NAMES.containsAll(all));
        }
    }
}
