package io.rowlake.shape;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.rowlake.event.Column;
import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.ListType;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.ColumnType.StructType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the values at one place of a JSON column have in common so far. */
final class JsonNodeType {

    private static final String WAY_OUT = ": pin its type with schema.overrides, or set json.mode=variant or string";

    private final JsonLearning learning;
    private final Map<String, JsonNodeType> fields = new LinkedHashMap<>();

    /** Keys whose values had no type before this batch, which have no place among the fields yet. */
    private final Map<String, JsonNodeType> newFields = new HashMap<>();

    private Kind kind = Kind.NONE;
    private @Nullable ColumnType scalar;
    private @Nullable JsonNodeType element;

    /** Whether batches before this one had the type, or the table has. */
    private boolean settled;

    private enum Kind {
        NONE,
        SCALAR,
        LIST,
        OBJECT
    }

    JsonNodeType(JsonLearning learning) {
        this.learning = learning;
    }

    /** Begins with a type that the table has, or the source has declared. */
    static JsonNodeType known(JsonLearning learning, ColumnType type) {
        var node = new JsonNodeType(learning);
        node.settled = true;
        if (type instanceof StructType struct) {
            node.kind = Kind.OBJECT;
            for (Column field : struct.fields()) {
                node.fields.put(field.name(), known(learning, field.type()));
            }
        } else if (type instanceof ListType list) {
            node.kind = Kind.LIST;
            node.element = known(learning, list.element());
        } else {
            node.kind = Kind.SCALAR;
            node.scalar = type;
        }
        return node;
    }

    /** The type, empty while nothing but nulls, empty objects and empty lists came. */
    Optional<ColumnType> type() {
        return switch (kind) {
            case NONE -> Optional.empty();
            case SCALAR -> Optional.ofNullable(scalar);
            case LIST ->
                Optional.ofNullable(element).flatMap(JsonNodeType::type).map(ListType::new);
            case OBJECT -> {
                List<Column> columns = new ArrayList<>();
                fields.forEach((name, field) -> field.type().ifPresent(type -> columns.add(new Column(name, type))));
                typedNewFields()
                        .forEach((name, field) -> field.type().ifPresent(type -> columns.add(new Column(name, type))));
                yield columns.isEmpty() ? Optional.empty() : Optional.of(new StructType(columns));
            }
        };
    }

    /** A new batch begins: what was met has its place now. */
    void settle() {
        settled = kind != Kind.NONE;
        fields.putAll(typedNewFields());
        newFields.keySet().removeAll(fields.keySet());
        fields.values().forEach(JsonNodeType::settle);
        if (element != null) {
            element.settle();
        }
    }

    /** By code point: the order must not hang on which row was first. */
    private Map<String, JsonNodeType> typedNewFields() {
        Map<String, JsonNodeType> typed = new LinkedHashMap<>();
        newFields.entrySet().stream()
                .filter(field -> field.getValue().type().isPresent())
                .sorted(Comparator.comparing(field -> field.getKey().getBytes(UTF_8), Arrays::compareUnsigned))
                .forEach(field -> typed.put(field.getKey(), field.getValue()));
        return typed;
    }

    /**
     * Takes the value that the parser is at into account, and goes to its end.
     *
     * @throws MisfitException if it has no type in common with those before
     */
    void merge(JsonParser parser, int depth) throws IOException {
        learning.requireDepth(depth);
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            mergeObject(parser, depth);
        } else if (token == JsonToken.START_ARRAY) {
            mergeList(parser, depth);
        } else if (token != JsonToken.VALUE_NULL) {
            mergeScalar(parser);
        }
    }

    private void mergeObject(JsonParser parser, int depth) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            become(Kind.OBJECT, "an object");
            String name = parser.currentName();
            parser.nextToken();
            JsonNodeType field = field(name);
            try {
                field.merge(parser, depth + 1);
            } catch (MisfitException misfit) {
                throw misfit.atField(name);
            }
        }
    }

    private JsonNodeType field(String name) {
        JsonNodeType known = fields.get(name);
        JsonNodeType met = known == null ? newFields.get(name) : known;
        if (met != null) {
            return met;
        }
        requireNameable(name);
        learning.requireRoomForField();
        var added = new JsonNodeType(learning);
        newFields.put(name, added);
        learning.undoBy(() -> {
            newFields.remove(name);
            learning.fieldIsGone();
        });
        return added;
    }

    /** No column can have the name, or catalogs that fold case would take two columns for one. */
    private void requireNameable(String name) {
        if (name.isEmpty()) {
            throw new MisfitException("must have keys of at least one character but has an empty one" + WAY_OUT);
        }
        Stream.concat(fields.keySet().stream(), newFields.keySet().stream())
                .filter(name::equalsIgnoreCase)
                .findFirst()
                .ifPresent(other -> {
                    throw new MisfitException("must have keys that differ in more than case but has '" + name
                            + "' besides '" + other + "'" + WAY_OUT);
                });
    }

    private void mergeList(JsonParser parser, int depth) throws IOException {
        int index = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            become(Kind.LIST, "a list");
            try {
                element().merge(parser, depth + 1);
            } catch (MisfitException misfit) {
                throw misfit.atElement(index);
            }
            index++;
        }
    }

    private JsonNodeType element() {
        JsonNodeType known = element;
        if (known != null) {
            return known;
        }
        var added = new JsonNodeType(learning);
        element = added;
        learning.undoBy(() -> element = null);
        return added;
    }

    private void become(Kind wanted, String found) {
        if (kind == wanted) {
            return;
        }
        if (kind != Kind.NONE) {
            throw conflict(found);
        }
        kind = wanted;
        learning.undoBy(() -> kind = Kind.NONE);
    }

    private void mergeScalar(JsonParser parser) throws IOException {
        // What was found is put into words only where it is wrong: this runs for every value.
        if (kind != Kind.SCALAR) {
            become(Kind.SCALAR, JsonTexts.found(parser));
        }
        ColumnType current = scalar;
        Optional<ColumnType> next = JsonScalars.common(current, parser, settled);
        if (next.isEmpty()) {
            throw conflict(JsonTexts.found(parser));
        }
        if (!next.get().equals(current)) {
            scalar = next.get();
            learning.undoBy(() -> scalar = current);
        }
    }

    private MisfitException conflict(String found) {
        String expected = switch (kind) {
            case OBJECT -> "an object";
            case LIST -> "a list";
            case SCALAR, NONE -> JsonScalars.name(scalar == null ? Scalar.STRING : scalar);
        };
        return new MisfitException("must be " + expected + ", as before, but was " + found + WAY_OUT);
    }
}
