package io.rowlake.sink.iceberg;

import io.rowlake.event.Column;
import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.DecimalType;
import io.rowlake.event.ColumnType.ListType;
import io.rowlake.event.ColumnType.MediaType;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.ColumnType.StructType;
import io.rowlake.event.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** Our columns as Iceberg's, and back. Every field is optional, as in the tables of Pixeltable's own export. */
final class SchemaMapping {

    private static final String JSON_TEXT = "JSON text";

    private SchemaMapping() {}

    /** A schema for a new table. */
    static Schema schema(TableSchema columns) {
        return new Schema(new ToIceberg().fields(columns.columns()));
    }

    /** A type with ids of its own, for a column that is to be added; the table gives it others. */
    static Type type(ColumnType type) {
        return type.accept(new ToIceberg());
    }

    /** The columns of a table, without those of types that no source has. */
    static TableSchema columns(Schema schema) {
        return new TableSchema(columns(schema.columns()), List.of());
    }

    /** Our name of a type, empty if no source has it. */
    static Optional<ColumnType> columnType(Type type) {
        return switch (type.typeId()) {
            case STRING -> Optional.of(Scalar.STRING);
            case INTEGER -> Optional.of(Scalar.INT);
            case LONG -> Optional.of(Scalar.LONG);
            case FLOAT -> Optional.of(Scalar.FLOAT);
            case DOUBLE -> Optional.of(Scalar.DOUBLE);
            case BOOLEAN -> Optional.of(Scalar.BOOLEAN);
            case TIMESTAMP ->
                Optional.of(
                        ((Types.TimestampType) type).shouldAdjustToUTC() ? Scalar.TIMESTAMP : Scalar.LOCAL_TIMESTAMP);
            case DATE -> Optional.of(Scalar.DATE);
            case TIME -> Optional.of(Scalar.TIME);
            case UUID -> Optional.of(Scalar.UUID);
            case BINARY -> Optional.of(Scalar.BINARY);
            case DECIMAL -> {
                var decimal = (Types.DecimalType) type;
                yield Optional.of(new DecimalType(decimal.precision(), decimal.scale()));
            }
            case LIST -> columnType(type.asListType().elementType()).map(ListType::new);
            case STRUCT ->
                Optional.of(new StructType(columns(type.asStructType().fields())));
            case VARIANT -> Optional.of(Scalar.VARIANT);
            case TIMESTAMP_NANO ->
                Optional.of(
                        ((Types.TimestampNanoType) type).shouldAdjustToUTC()
                                ? Scalar.TIMESTAMP_NANO
                                : Scalar.LOCAL_TIMESTAMP_NANO);
            case FIXED, MAP, GEOMETRY, GEOGRAPHY, UNKNOWN -> Optional.empty();
        };
    }

    private static List<Column> columns(List<Types.NestedField> fields) {
        List<Column> columns = new ArrayList<>();
        for (Types.NestedField field : fields) {
            columnType(field.type())
                    .map(type -> isJsonText(field) ? Scalar.JSON : type)
                    .ifPresent(type -> columns.add(new Column(field.name(), type)));
        }
        return columns;
    }

    /** Iceberg has no type for JSON that is kept as text, so that its doc tells such a column from one of texts. */
    private static boolean isJsonText(Types.NestedField field) {
        return field.type().typeId() == Type.TypeID.STRING && JSON_TEXT.equals(field.doc());
    }

    /** What the table says of a column. */
    static @Nullable String doc(Column column) {
        return column.doc().orElse(column.type() == Scalar.JSON ? JSON_TEXT : null);
    }

    /** Numbers the fields as it goes; the catalog numbers them anew. */
    private static final class ToIceberg implements ColumnType.Visitor<Type> {

        private int lastId;

        List<Types.NestedField> fields(List<Column> columns) {
            List<Types.NestedField> fields = new ArrayList<>();
            for (Column column : columns) {
                int id = ++lastId;
                fields.add(Types.NestedField.optional(column.name())
                        .withId(id)
                        .ofType(column.type().accept(this))
                        .withDoc(doc(column))
                        .build());
            }
            return fields;
        }

        @Override
        public Type scalar(Scalar type) {
            return switch (type) {
                case STRING, JSON -> Types.StringType.get();
                case INT -> Types.IntegerType.get();
                case LONG -> Types.LongType.get();
                case FLOAT -> Types.FloatType.get();
                case DOUBLE -> Types.DoubleType.get();
                case BOOLEAN -> Types.BooleanType.get();
                case TIMESTAMP -> Types.TimestampType.withZone();
                case LOCAL_TIMESTAMP -> Types.TimestampType.withoutZone();
                case TIMESTAMP_NANO -> Types.TimestampNanoType.withZone();
                case LOCAL_TIMESTAMP_NANO -> Types.TimestampNanoType.withoutZone();
                case VARIANT -> Types.VariantType.get();
                case DATE -> Types.DateType.get();
                case TIME -> Types.TimeType.get();
                case UUID -> Types.UUIDType.get();
                case BINARY -> Types.BinaryType.get();
            };
        }

        @Override
        public Type decimal(DecimalType type) {
            return Types.DecimalType.of(type.precision(), type.scale());
        }

        @Override
        public Type list(ListType type) {
            int id = ++lastId;
            return Types.ListType.ofOptional(id, type.element().accept(this));
        }

        @Override
        public Type struct(StructType type) {
            return Types.StructType.of(fields(type.fields()));
        }

        @Override
        public Type media(MediaType type) {
            return struct(MediaType.PARTS);
        }
    }
}
