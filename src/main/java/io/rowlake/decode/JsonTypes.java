package io.rowlake.decode;

import com.fasterxml.jackson.databind.JsonNode;
import io.rowlake.event.Column;
import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.ListType;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.ColumnType.StructType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The type that Pixeltable says the values of a Json column have: {@code type_schema}, or {@code json_schema} in releases
 * before it.
 *
 * <p>Only what a column can have is a declared type: records, lists of one type, text, numbers and booleans. Anything else,
 * such as tuples or open records, declares nothing, as does a type that has such a thing in it.
 */
final class JsonTypes {

    private JsonTypes() {}

    /** What a serialised {@code JsonType} declares. */
    static Optional<ColumnType> declared(JsonNode jsonType) {
        JsonNode typeSchema = jsonType.path("type_schema");
        return typeSchema.isObject() ? ofTypeSchema(typeSchema) : JsonSchemas.type(jsonType.path("json_schema"));
    }

    /** A list whose elements have nothing in common but one type, or a record. */
    private static Optional<ColumnType> ofTypeSchema(JsonNode schema) {
        JsonNode spec = schema.path("type_spec");
        boolean isOpen = schema.path("variadic_type").isObject();
        if (spec.isObject() && !isOpen) {
            return struct(spec, schema.path("type_spec_key_order"));
        }
        return spec.isArray() && spec.isEmpty()
                ? value(schema.path("variadic_type")).map(ListType::new)
                : Optional.empty();
    }

    private static Optional<ColumnType> value(JsonNode type) {
        return switch (type.path("_classname").asText()) {
            case "StringType" -> Optional.of(Scalar.STRING);
            case "IntType" -> Optional.of(Scalar.LONG);
            case "FloatType" -> Optional.of(Scalar.DOUBLE);
            case "BoolType" -> Optional.of(Scalar.BOOLEAN);
            case "JsonType" -> declared(type);
            default -> Optional.empty();
        };
    }

    private static Optional<ColumnType> struct(JsonNode types, JsonNode order) {
        List<Column> fields = new ArrayList<>();
        for (String name : names(types, order)) {
            value(types.path(name)).ifPresent(type -> addField(fields, name, type));
        }
        return wholeStruct(fields, types.size());
    }

    /** The order in which the record was declared, which storing it as JSON may have lost. */
    private static Iterable<String> names(JsonNode types, JsonNode order) {
        if (order.size() != types.size()) {
            return types::fieldNames;
        }
        List<String> names = new ArrayList<>();
        order.forEach(name -> names.add(name.asText()));
        return names;
    }

    static void addField(List<Column> fields, String name, ColumnType type) {
        boolean isNew = fields.stream().noneMatch(field -> field.name().equals(name));
        if (isNew && !name.isEmpty()) {
            fields.add(new Column(name, type));
        }
    }

    /** Empty where a field is missing, since its values would have no place, and where there is none. */
    static Optional<ColumnType> wholeStruct(List<Column> fields, int declared) {
        return fields.isEmpty() || fields.size() < declared ? Optional.empty() : Optional.of(new StructType(fields));
    }
}
