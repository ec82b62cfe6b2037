package io.rowlake.decode;

import com.fasterxml.jackson.databind.JsonNode;
import io.rowlake.decode.SourceType.Field;
import io.rowlake.decode.SourceType.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the {@code schema} block of JSON that Connect's converter wrote with schemas. */
final class ConnectJsonTypes {

    private static final SortedMap<String, Kind> KINDS = Collections.unmodifiableSortedMap(new TreeMap<>(Map.ofEntries(
            Map.entry("int8", Kind.INT8),
            Map.entry("int16", Kind.INT16),
            Map.entry("int32", Kind.INT32),
            Map.entry("int64", Kind.INT64),
            Map.entry("float", Kind.FLOAT32),
            Map.entry("float32", Kind.FLOAT32),
            Map.entry("double", Kind.FLOAT64),
            Map.entry("float64", Kind.FLOAT64),
            Map.entry("boolean", Kind.BOOLEAN),
            Map.entry("string", Kind.STRING),
            Map.entry("bytes", Kind.BYTES),
            Map.entry("array", Kind.ARRAY),
            Map.entry("map", Kind.MAP),
            Map.entry("struct", Kind.STRUCT))));

    private ConnectJsonTypes() {}

    /**
     * The type that a part of an event states.
     *
     * @throws SchemaException if the bytes are no such block, or hold an unknown type
     */
    static SourceType read(byte[] json, int offset, int length) {
        return type(ColumnPath.ROW, SchemaJson.object(json, offset, length));
    }

    private static SourceType type(ColumnPath path, JsonNode schema) {
        JsonNode name = schema.path("type");
        Kind kind = name.isTextual() ? KINDS.get(name.textValue()) : null;
        if (kind == null) {
            throw new SchemaException("type of " + path + " must be one of " + String.join(", ", KINDS.keySet())
                    + " but was " + SchemaJson.found(name));
        }
        Optional<String> logicalName = Optional.ofNullable(schema.path("name").textValue());
        List<Field> fields = kind == Kind.STRUCT ? fields(path, schema.path("fields")) : List.of();
        return new SourceType(
                kind, logicalName, parameters(schema.path("parameters")), fields, element(path, kind, schema));
    }

    private static Optional<SourceType> element(ColumnPath path, Kind kind, JsonNode schema) {
        return switch (kind) {
            case ARRAY -> Optional.of(type(path.elements(), schema.path("items")));
            case MAP -> Optional.of(type(path.elements(), schema.path("values")));
            case INT8, INT16, INT32, INT64, FLOAT32, FLOAT64, BOOLEAN, STRING, BYTES, STRUCT -> Optional.empty();
        };
    }

    private static List<Field> fields(ColumnPath path, JsonNode schemas) {
        if (!schemas.isArray()) {
            throw new SchemaException("fields of " + path + " must be a list but was " + SchemaJson.found(schemas));
        }
        var fields = new ArrayList<Field>();
        for (JsonNode schema : schemas) {
            String name = schema.path("field").asText();
            fields.add(new Field(name, type(path.field(name), schema)));
        }
        SchemaNames.requireDistinct(
                path.toString(), fields.stream().map(Field::name).toList());
        return fields;
    }

    private static Map<String, String> parameters(JsonNode values) {
        var parameters = new HashMap<String, String>();
        values.properties()
                .forEach(parameter ->
                        parameters.put(parameter.getKey(), parameter.getValue().asText()));
        return parameters;
    }
}
