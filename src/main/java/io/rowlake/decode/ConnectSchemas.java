package io.rowlake.decode;

import io.rowlake.decode.SourceSchema.SourceColumn;
import io.rowlake.decode.SourceType.Field;
import io.rowlake.decode.SourceType.Kind;
import io.rowlake.decode.ValueForm.Atom;
import io.rowlake.decode.ValueForm.Elements;
import io.rowlake.decode.ValueForm.Encoding;
import io.rowlake.decode.ValueForm.Members;
import io.rowlake.event.ColumnType.Scalar;
import java.util.List;
import java.util.Optional;

/** From the types of a Connect schema to the columns of a source. */
final class ConnectSchemas {

    private static final Atom JSON = new Atom(Scalar.JSON, Encoding.PLAIN);

    private ConnectSchemas() {}

    /**
     * The columns of rows of a struct.
     *
     * @throws SchemaException if the type is no struct, a key column is none of its fields, or a type has bad parameters
     */
    static SourceSchema rowSchema(SourceType struct, List<String> primaryKey) {
        if (struct.kind() != Kind.STRUCT) {
            throw new SchemaException("type of a row must be a struct but was " + struct.kind());
        }
        List<SourceColumn> columns = columns(ColumnPath.ROW, struct.fields());
        SchemaNames.requireKeyAmong(columns, primaryKey);
        return new SourceSchema(columns, primaryKey);
    }

    /** The type of the row in a change of the form {@code before, after, op}, empty where the type is no such envelope. */
    static Optional<SourceType> afterType(SourceType envelope) {
        boolean changes =
                envelope.fields().stream().anyMatch(field -> field.name().equals("op"));
        if (!changes) {
            return Optional.empty();
        }
        return envelope.fields().stream()
                .filter(field -> field.name().equals("after"))
                .map(Field::type)
                .filter(type -> type.kind() == Kind.STRUCT)
                .findFirst();
    }

    /** The form of a value, by the logical name of its type where it has a known one, else by the kind. */
    static ValueForm form(ColumnPath path, SourceType type) {
        return LogicalTypes.form(path, type).orElseGet(() -> formOfKind(path, type));
    }

    private static ValueForm formOfKind(ColumnPath path, SourceType type) {
        return switch (type.kind()) {
            case INT8, INT16, INT32 -> new Atom(Scalar.INT, Encoding.PLAIN);
            case INT64 -> new Atom(Scalar.LONG, Encoding.PLAIN);
            case FLOAT32 -> new Atom(Scalar.FLOAT, Encoding.PLAIN);
            case FLOAT64 -> new Atom(Scalar.DOUBLE, Encoding.PLAIN);
            case BOOLEAN -> new Atom(Scalar.BOOLEAN, Encoding.PLAIN);
            case STRING -> new Atom(Scalar.STRING, Encoding.PLAIN);
            case BYTES -> new Atom(Scalar.BINARY, Encoding.PLAIN);
            case ARRAY -> new Elements(form(path.elements(), elementOf(path, type)), Elements.FREE);
            // The keys of a map are not known before its values come, so it has no columns of its own.
            case MAP -> JSON;
            case STRUCT -> type.fields().isEmpty() ? JSON : new Members(columns(path, type.fields()));
        };
    }

    private static List<SourceColumn> columns(ColumnPath path, List<Field> fields) {
        SchemaNames.requireDistinct(
                path.toString(), fields.stream().map(Field::name).toList());
        return fields.stream()
                .map(field -> new SourceColumn(field.name(), form(path.field(field.name()), field.type())))
                .toList();
    }

    /** The type of the elements of an array. */
    static SourceType elementOf(ColumnPath path, SourceType array) {
        return array.element()
                .orElseThrow(
                        () -> new SchemaException("type of the elements of " + path + " must be stated but is absent"));
    }
}
