package io.rowlake.decode;

import com.fasterxml.jackson.databind.JsonNode;
import io.rowlake.event.Column;
import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.ListType;
import io.rowlake.event.ColumnType.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The types that a JSON Schema states for values, where it states one. */
final class JsonSchemas {

    /** Words that leave several types open, or put the type elsewhere. */
    private static final Set<String> CHOICES = Set.of("oneOf", "allOf", "not", "if", "$ref", "prefixItems");

    private JsonSchemas() {}

    /** The type of the values that the schema allows beside null, empty where they have none in common. */
    static Optional<ColumnType> type(JsonNode schema) {
        for (String word : CHOICES) {
            if (schema.has(word)) {
                return Optional.empty();
            }
        }
        if (schema.has("anyOf")) {
            return only(schema.get("anyOf")).flatMap(JsonSchemas::type);
        }
        return typeName(schema.path("type")).flatMap(name -> named(name, schema));
    }

    private static Optional<ColumnType> named(String name, JsonNode schema) {
        return switch (name) {
            case "string" -> Optional.of(Scalar.STRING);
            case "integer" -> Optional.of(Scalar.LONG);
            case "number" -> Optional.of(Scalar.DOUBLE);
            case "boolean" -> Optional.of(Scalar.BOOLEAN);
            case "array" -> type(schema.path("items")).map(ListType::new);
            case "object" -> struct(schema.path("properties"));
            default -> Optional.empty();
        };
    }

    private static Optional<ColumnType> struct(JsonNode properties) {
        List<Column> fields = new ArrayList<>();
        properties
                .properties()
                .forEach(property -> type(property.getValue())
                        .ifPresent(type -> JsonTypes.addField(fields, property.getKey(), type)));
        return JsonTypes.wholeStruct(fields, properties.size());
    }

    /** The one type of a union with null. */
    private static Optional<String> typeName(JsonNode types) {
        if (types.isTextual()) {
            return Optional.of(types.textValue());
        }
        List<String> names = new ArrayList<>();
        types.forEach(name -> names.add(name.asText()));
        names.remove("null");
        return names.size() == 1 ? Optional.of(names.get(0)) : Optional.empty();
    }

    /** The one schema beside that of null. */
    private static Optional<JsonNode> only(JsonNode schemas) {
        List<JsonNode> others = new ArrayList<>();
        for (JsonNode schema : schemas) {
            if (!schema.path("type").asText().equals("null")) {
                others.add(schema);
            }
        }
        return others.size() == 1 ? Optional.of(others.get(0)) : Optional.empty();
    }
}
