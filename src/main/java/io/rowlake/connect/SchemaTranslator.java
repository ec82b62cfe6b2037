package io.rowlake.connect;

import io.rowlake.decode.SourceType;
import io.rowlake.decode.SourceType.Field;
import io.rowlake.decode.SourceType.Kind;
import io.rowlake.event.MalformedEventException;
import io.rowlake.event.SourcePosition;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;

/**
 * Connect's schemas as source types. Equal schemas get the same instance, so that what is bound to a type is found by
 * identity even behind a transformation that makes a new schema for each record. For one thread.
 */
final class SchemaTranslator {

    /** Far more than the topics of a task have at a time; a transformation that makes schemas without end fills it. */
    static final int CACHED_SCHEMAS_MAX = 1_000;

    /** No table nests as deep; a schema that refers to itself does. */
    static final int DEPTH_MAX = 64;

    private final IdentityHashMap<Schema, SourceType> bySchema = new IdentityHashMap<>();
    private final Map<SourceType, SourceType> distinct = new LeastRecentlyUsed();

    /**
     * The type that a schema states.
     *
     * @param position of the record that brought the schema
     * @throws MalformedEventException if the schema refers to itself, or has a map whose keys have no text
     */
    SourceType type(Schema schema, SourcePosition position) {
        SourceType known = bySchema.get(schema);
        return known == null ? remembered(schema, new Translation(position).type(schema, 1)) : known;
    }

    private SourceType remembered(Schema schema, SourceType translated) {
        SourceType type = distinct.computeIfAbsent(translated, first -> first);
        // In no order to drop the oldest from: the schemas in use come back at their next record, by equality.
        if (bySchema.size() == CACHED_SCHEMAS_MAX) {
            bySchema.clear();
        }
        bySchema.put(schema, type);
        return type;
    }

    /** The types that were used last. */
    private static final class LeastRecentlyUsed extends LinkedHashMap<SourceType, SourceType> {

        LeastRecentlyUsed() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<SourceType, SourceType> eldest) {
            return size() > CACHED_SCHEMAS_MAX;
        }
    }

    /** The translation of one schema and those in it. */
    private record Translation(SourcePosition position) {

        SourceType type(Schema schema, int depth) {
            if (depth > DEPTH_MAX) {
                throw new MalformedEventException(
                        position,
                        "schema must be at most " + DEPTH_MAX + " levels deep but is deeper at '" + schema.name()
                                + "', as a schema is that refers to itself; columns need a depth that ends");
            }
            Kind kind = kind(schema.type());
            return new SourceType(
                    kind,
                    Optional.ofNullable(schema.name()),
                    schema.parameters() == null ? Map.of() : schema.parameters(),
                    kind == Kind.STRUCT ? fields(schema, depth) : List.of(),
                    element(schema, depth));
        }

        private List<Field> fields(Schema schema, int depth) {
            var fields = new ArrayList<Field>();
            schema.fields().forEach(field -> fields.add(new Field(field.name(), type(field.schema(), depth + 1))));
            return fields;
        }

        private Optional<SourceType> element(Schema schema, int depth) {
            return switch (schema.type()) {
                case ARRAY -> Optional.of(type(schema.valueSchema(), depth + 1));
                case MAP -> {
                    requireTextualKeys(schema.keySchema());
                    yield Optional.of(type(schema.valueSchema(), depth + 1));
                }
                case INT8, INT16, INT32, INT64, FLOAT32, FLOAT64, BOOLEAN, STRING, BYTES, STRUCT -> Optional.empty();
            };
        }

        private void requireTextualKeys(Schema keys) {
            switch (keys.type()) {
                case STRING, INT8, INT16, INT32, INT64, FLOAT32, FLOAT64, BOOLEAN -> {}
                case BYTES, ARRAY, MAP, STRUCT ->
                    throw new MalformedEventException(
                            position,
                            "keys of a map must be strings, numbers or booleans but its schema has " + keys.type());
            }
        }

        private static Kind kind(Schema.Type type) {
            return switch (type) {
                case INT8 -> Kind.INT8;
                case INT16 -> Kind.INT16;
                case INT32 -> Kind.INT32;
                case INT64 -> Kind.INT64;
                case FLOAT32 -> Kind.FLOAT32;
                case FLOAT64 -> Kind.FLOAT64;
                case BOOLEAN -> Kind.BOOLEAN;
                case STRING -> Kind.STRING;
                case BYTES -> Kind.BYTES;
                case ARRAY -> Kind.ARRAY;
                case MAP -> Kind.MAP;
                case STRUCT -> Kind.STRUCT;
            };
        }
    }
}
