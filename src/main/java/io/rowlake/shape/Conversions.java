package io.rowlake.shape;

import io.rowlake.event.Column;
import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.DecimalType;
import io.rowlake.event.ColumnType.ListType;
import io.rowlake.event.ColumnType.MediaType;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.ColumnType.StructType;
import io.rowlake.shape.MediaSettings.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.ListVector;

/**
 * The conversion from one type of column to another. Exact, but for floating point numbers, which are rounded to the
 * nearest.
 */
final class Conversions {

    private final String column;
    private final Reference reference;
    private final MediaReferences references;
    private final JsonConversion.Fields jsonFields;

    /** For the values of one column, whatever they are nested in. */
    Conversions(String column, Reference reference, MediaReferences references, JsonConversion.Fields jsonFields) {
        this.column = column;
        this.reference = reference;
        this.references = references;
        this.jsonFields = jsonFields;
    }

    /** Whether values of the one type can be taken to the other, or some of them. */
    static boolean exist(ColumnType from, ColumnType to) {
        if (from.equals(to) || isJson(from)) {
            return true;
        }
        if (isJson(to)) {
            return JsonTextConversion.exists(from);
        }
        if (from instanceof ListType list && to instanceof ListType other) {
            return exist(list.element(), other.element());
        }
        if (from instanceof StructType struct && to instanceof StructType other) {
            return existsForFields(struct, other);
        }
        return existsForAtoms(from, to);
    }

    private static boolean existsForFields(StructType from, StructType to) {
        return from.fields().stream()
                .allMatch(field -> to.field(field.name())
                        .map(match -> exist(field.type(), match.type()))
                        .orElse(false));
    }

    private static boolean existsForAtoms(ColumnType from, ColumnType to) {
        if (from instanceof MediaType) {
            return to == Scalar.STRING || to == Scalar.BINARY;
        }
        return (isNumber(from) && isNumber(to)) || isText(from, to) || TimeConversion.exists(from, to);
    }

    /** The conversion of a vector's values, which {@link #exist} has allowed. */
    Conversion of(FieldVector vector, ColumnType from, ColumnType to) {
        if (isJson(from) != isJson(to)) {
            return json(vector, from, to);
        }
        if (from instanceof ListType list && to instanceof ListType other) {
            var lists = (ListVector) vector;
            return new ListConversion(lists, of(lists.getDataVector(), list.element(), other.element()));
        }
        if (from instanceof StructType struct && to instanceof StructType other) {
            return struct(vector, struct, other);
        }
        if (from instanceof MediaType) {
            return new MediaConversion(vector, column, to == Scalar.BINARY ? Reference.INLINE : reference, references);
        }
        return atom(vector, from, to);
    }

    private Conversion json(FieldVector vector, ColumnType from, ColumnType to) {
        if (isJson(from)) {
            return new JsonConversion((VarCharVector) vector, to, jsonFields);
        }
        return from == Scalar.STRING
                ? new ParsedJsonConversion(new JsonTexts((VarCharVector) vector), (Scalar) to)
                : new JsonTextConversion(vector, from, (Scalar) to);
    }

    private Conversion struct(FieldVector vector, StructType from, StructType to) {
        List<FieldVector> children = vector.getChildrenFromFields();
        List<String> names = to.fields().stream().map(Column::name).toList();
        List<StructConversion.Field> fields = new ArrayList<>();
        for (int i = 0; i < children.size(); i++) {
            Column field = from.fields().get(i);
            int target = names.indexOf(field.name());
            fields.add(new StructConversion.Field(
                    field.name(),
                    target,
                    of(children.get(i), field.type(), to.fields().get(target).type())));
        }
        return new StructConversion(vector, fields);
    }

    private static Conversion atom(FieldVector vector, ColumnType from, ColumnType to) {
        if (from == Scalar.JSON && to == Scalar.VARIANT) {
            return new VariantConversion((VarCharVector) vector);
        }
        if (from.equals(to) || isJson(from)) {
            return ValueCopy.of(vector);
        }
        if (TimeConversion.exists(from, to)) {
            return new TimeConversion(vector, from, (Scalar) to);
        }
        if (to instanceof DecimalType decimal) {
            return new DecimalConversion(vector, decimal);
        }
        return switch ((Scalar) to) {
            case STRING -> new TextConversion(vector, from);
            case UUID -> new UuidConversion((VarCharVector) vector);
            case DATE, TIME, TIMESTAMP, LOCAL_TIMESTAMP, TIMESTAMP_NANO, LOCAL_TIMESTAMP_NANO ->
                new TimeTextConversion((VarCharVector) vector, (Scalar) to);
            case INT, LONG, FLOAT, DOUBLE -> new NumberConversion(vector, (Scalar) to);
            case BOOLEAN, BINARY, JSON, VARIANT ->
                throw new IllegalStateException("No conversion of " + from + " to " + to);
        };
    }

    private static boolean isText(ColumnType from, ColumnType to) {
        boolean isAtom = from instanceof Scalar || from instanceof DecimalType;
        return (to == Scalar.STRING && isAtom && from != Scalar.BINARY)
                || (from == Scalar.STRING && (to == Scalar.UUID || TimeTextConversion.TYPES.contains(to)));
    }

    private static boolean isNumber(ColumnType type) {
        return type instanceof DecimalType
                || type == Scalar.INT
                || type == Scalar.LONG
                || type == Scalar.FLOAT
                || type == Scalar.DOUBLE;
    }

    private static boolean isJson(ColumnType type) {
        return type == Scalar.JSON || type == Scalar.VARIANT;
    }

    /** The type with media as what the reference makes of them, empty where there are none. */
    static Optional<ColumnType> withoutMedia(ColumnType type, Reference reference) {
        if (type instanceof MediaType) {
            return Optional.of(reference == Reference.INLINE ? Scalar.BINARY : Scalar.STRING);
        }
        if (type instanceof ListType list) {
            return withoutMedia(list.element(), reference).map(ListType::new);
        }
        if (!(type instanceof StructType struct)) {
            return Optional.empty();
        }
        boolean hasMedia = struct.fields().stream()
                .anyMatch(field -> withoutMedia(field.type(), reference).isPresent());
        return hasMedia
                ? Optional.of(new StructType(struct.fields().stream()
                        .map(field -> field.withType(
                                withoutMedia(field.type(), reference).orElse(field.type())))
                        .toList()))
                : Optional.empty();
    }
}
