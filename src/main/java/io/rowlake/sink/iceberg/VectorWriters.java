package io.rowlake.sink.iceberg;

import io.rowlake.event.Column;
import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.ListType;
import io.rowlake.event.ColumnType.StructType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;

/** Makes the writers of a file's fields, once a file. Fields are found by id, since Parquet's names may differ. */
final class VectorWriters {

    private final MessageType message;

    VectorWriters(MessageType message) {
        this.message = message;
    }

    /** The writers of a struct's fields, in the file's order. Those that the columns lack write nothing but nulls. */
    List<StructWriter.Field> fields(Types.StructType struct, GroupType group, List<String> path, List<Column> columns) {
        List<StructWriter.Field> fields = new ArrayList<>();
        for (Types.NestedField field : struct.fields()) {
            if (field.type().typeId() == Type.TypeID.UNKNOWN) {
                // Columns of unknown type are null in every row, and Iceberg leaves them out of files.
                continue;
            }
            org.apache.parquet.schema.Type parquet = byId(group, field.fieldId());
            List<String> fieldPath = append(path, parquet.getName());
            fields.add(columns.stream()
                    .filter(column -> column.name().equals(field.name()))
                    .findFirst()
                    .map(column -> new StructWriter.Field(
                            field.name(), present(field, parquet, fieldPath, column.type()), true))
                    .orElseGet(() -> new StructWriter.Field(field.name(), absent(fieldPath), false)));
        }
        return fields;
    }

    private ColumnVectorWriter present(
            Types.NestedField field, org.apache.parquet.schema.Type parquet, List<String> path, ColumnType column) {
        Type type = field.type();
        if (type.isStructType()) {
            return new StructWriter(
                    fields(type.asStructType(), parquet.asGroupType(), path, ((StructType) column).fields()),
                    field,
                    message.getMaxDefinitionLevel(array(path)));
        }
        if (type.isListType()) {
            return list(field, parquet.asGroupType(), path, (ListType) column);
        }
        if (type.isVariantType()) {
            return new VariantWriter(
                    message.getColumnDescription(array(append(path, "metadata"))),
                    message.getColumnDescription(array(append(path, "value"))),
                    field);
        }
        ColumnDescriptor descriptor = message.getColumnDescription(array(path));
        return new LeafWriter(descriptor, values(field.fieldId(), type), field);
    }

    private ColumnVectorWriter list(Types.NestedField field, GroupType parquet, List<String> path, ListType column) {
        GroupType repeated = parquet.getType(0).asGroupType();
        org.apache.parquet.schema.Type element = repeated.getType(0);
        List<String> repeatedPath = append(path, repeated.getName());
        ColumnVectorWriter elements = present(
                field.type().asListType().fields().get(0),
                element,
                append(repeatedPath, element.getName()),
                column.element());
        return new ListWriter(
                elements,
                field,
                message.getMaxDefinitionLevel(array(path)),
                message.getMaxRepetitionLevel(array(repeatedPath)));
    }

    private ColumnVectorWriter absent(List<String> path) {
        return new AbsentWriter(message.getColumns().stream()
                .filter(descriptor -> startsWith(descriptor.getPath(), path))
                .toList());
    }

    private static ValueWriter values(int fieldId, Type type) {
        return switch (type.typeId()) {
            case INTEGER, DATE -> FixedWidthValues.ints();
            case LONG, TIMESTAMP, TIMESTAMP_NANO, TIME -> FixedWidthValues.longs();
            case BOOLEAN -> FixedWidthValues.booleans();
            case FLOAT -> FloatValues.floats(fieldId);
            case DOUBLE -> FloatValues.doubles(fieldId);
            case STRING, BINARY -> BinaryValues.ofVariableWidth();
            case UUID -> BinaryValues.uuids();
            case DECIMAL -> new DecimalValues(((Types.DecimalType) type).precision());
            case FIXED, LIST, MAP, STRUCT, VARIANT, GEOMETRY, GEOGRAPHY, UNKNOWN ->
                throw new IllegalStateException("No column of a batch becomes " + type);
        };
    }

    private static org.apache.parquet.schema.Type byId(GroupType group, int id) {
        return group.getFields().stream()
                .filter(field -> field.getId() != null && field.getId().intValue() == id)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No field " + id + " in " + group));
    }

    private static boolean startsWith(String[] path, List<String> prefix) {
        return path.length >= prefix.size()
                && Arrays.asList(path).subList(0, prefix.size()).equals(prefix);
    }

    private static List<String> append(List<String> path, String name) {
        List<String> longer = new ArrayList<>(path);
        longer.add(name);
        return longer;
    }

    private static String[] array(List<String> path) {
        return path.toArray(String[]::new);
    }
}
