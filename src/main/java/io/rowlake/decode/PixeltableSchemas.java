package io.rowlake.decode;

import com.fasterxml.jackson.databind.JsonNode;
import io.rowlake.decode.DecodeSettings.FixedArrays;
import io.rowlake.decode.SourceSchema.SourceColumn;
import io.rowlake.decode.ValueForm.Atom;
import io.rowlake.decode.ValueForm.Elements;
import io.rowlake.decode.ValueForm.Encoding;
import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.MediaType;
import io.rowlake.event.ColumnType.Scalar;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads Pixeltable's own description of a table's columns: the {@code schema} block of an envelope.
 *
 * <p>Keys that are not known are passed over, so that a newer source can say more of a column. An unknown type is an error.
 */
public final class PixeltableSchemas {

    private static final SortedMap<String, TypeReader> TYPES =
            Collections.unmodifiableSortedMap(new TreeMap<>(Map.ofEntries(
                    Map.entry("StringType", plain(Scalar.STRING)),
                    Map.entry("IntType", plain(Scalar.LONG)),
                    Map.entry("FloatType", plain(Scalar.DOUBLE)),
                    Map.entry("BoolType", plain(Scalar.BOOLEAN)),
                    Map.entry("TimestampType", plain(Scalar.TIMESTAMP)),
                    Map.entry("DateType", plain(Scalar.DATE)),
                    Map.entry("UUIDType", plain(Scalar.UUID)),
                    Map.entry("BinaryType", plain(Scalar.BINARY)),
                    Map.entry("JsonType", plain(Scalar.JSON)),
                    Map.entry("ArrayType", PixeltableSchemas::array),
                    Map.entry("ImageType", atom(new MediaType(), Encoding.MEDIA)),
                    Map.entry("VideoType", atom(new MediaType(), Encoding.MEDIA)),
                    Map.entry("AudioType", atom(new MediaType(), Encoding.MEDIA)),
                    Map.entry("DocumentType", atom(new MediaType(), Encoding.MEDIA)))));

    private PixeltableSchemas() {}

    /** How the columns of one class of type are read from its parameters. */
    private interface TypeReader {
        ValueForm form(String column, JsonNode type, FixedArrays fixedArrays);
    }

    /**
     * The schema that a text states, as it is pinned in a configuration.
     *
     * @throws SchemaException if the text is no schema block, or holds an unknown type
     */
    public static SourceSchema parse(String json, FixedArrays fixedArrays) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return read(bytes, 0, bytes.length, fixedArrays);
    }

    /**
     * The schema that a part of an event states.
     *
     * @throws SchemaException if the bytes are no schema block, or hold an unknown type
     */
    static SourceSchema read(byte[] json, int offset, int length, FixedArrays fixedArrays) {
        JsonNode schema = SchemaJson.object(json, offset, length);
        List<SourceColumn> columns = columns(schema.path("columns"), fixedArrays);
        return new SourceSchema(columns, primaryKey(schema.path("primary_key"), columns));
    }

    private static List<SourceColumn> columns(JsonNode types, FixedArrays fixedArrays) {
        if (!types.isObject()) {
            throw new SchemaException("columns of the schema must be an object that has a type for each column but was "
                    + SchemaJson.found(types));
        }
        var columns = new ArrayList<SourceColumn>();
        types.properties().forEach(column -> columns.add(column(column.getKey(), column.getValue(), fixedArrays)));
        return columns;
    }

    private static SourceColumn column(String name, JsonNode type, FixedArrays fixedArrays) {
        return new SourceColumn(name, form(name, type, fixedArrays), JsonTypes.declared(type));
    }

    private static ValueForm form(String column, JsonNode type, FixedArrays fixedArrays) {
        if (column.isEmpty()) {
            throw new SchemaException("columns of the schema must have names but one is empty");
        }
        JsonNode classname = type.path("_classname");
        TypeReader reader = classname.isTextual() ? TYPES.get(classname.textValue()) : null;
        if (reader == null) {
            throw new SchemaException("_classname of column '" + column + "' must be one of "
                    + String.join(", ", TYPES.keySet()) + " but was " + SchemaJson.found(classname));
        }
        return reader.form(column, type, fixedArrays);
    }

    private static List<String> primaryKey(JsonNode names, List<SourceColumn> columns) {
        if (names.isMissingNode() || names.isNull()) {
            return List.of();
        }
        if (!names.isArray()) {
            throw new SchemaException(
                    "primary_key of the schema must be a list of columns but was " + SchemaJson.found(names));
        }
        var key = new ArrayList<String>();
        names.forEach(name -> key.add(name.isTextual() ? name.textValue() : name.toString()));
        SchemaNames.requireKeyAmong(columns, key);
        return key;
    }

    /** An array whose rank or dtype is not declared may hold anything: it is kept as JSON. */
    private static ValueForm array(String column, JsonNode type, FixedArrays fixedArrays) {
        JsonNode shape = type.path("shape");
        JsonNode dtype = type.path("numpy_dtype");
        if (shape.isMissingNode() || shape.isNull() || dtype.isMissingNode() || dtype.isNull()) {
            return new Atom(Scalar.JSON, Encoding.PLAIN);
        }
        ValueForm element = PixeltableArrays.element(column, dtype.asText());
        int[] lengths = PixeltableArrays.lengths(column, shape);
        boolean isFixed = Arrays.stream(lengths).noneMatch(length -> length == Elements.FREE);
        if (isFixed && fixedArrays == FixedArrays.REJECT) {
            throw new SchemaException("column '" + column + "' must not be an array of the fixed shape " + shape
                    + ", since arrays.fixed=reject: set arrays.fixed=list, or leave a dimension free in the schema");
        }
        return PixeltableArrays.nested(lengths, element);
    }

    private static TypeReader plain(ColumnType type) {
        return atom(type, Encoding.PLAIN);
    }

    private static TypeReader atom(ColumnType type, Encoding encoding) {
        ValueForm form = new Atom(type, encoding);
        return (column, parameters, fixedArrays) -> form;
    }
}
