package io.rowlake.sink.iceberg;

import io.rowlake.event.Column;
import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.DecimalType;
import io.rowlake.event.ColumnType.ListType;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.ColumnType.StructType;
import io.rowlake.event.TableSchema;
import io.rowlake.sink.IncompatibleSchemaException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** What a source's columns and a table's columns have to do with each other: the batch's columns, and changes to the table. */
final class Reconciliation {

    private final List<SchemaChange> changes = new ArrayList<>();
    private final List<String> misfits = new ArrayList<>();

    private Reconciliation() {}

    /**
     * What came of it.
     *
     * @param target the schema in which batches have to come
     * @param changes what the table needs, in order
     */
    record Outcome(TableSchema target, List<SchemaChange> changes) {}

    /**
     * Compares the columns of a source with those of a table.
     *
     * @throws IncompatibleSchemaException if they don't go together; the message names the columns and shows both schemas
     */
    static Outcome of(String table, Schema schema, TableSchema source) {
        requireDistinctWhenFolded(table, "", source.columns());
        var reconciliation = new Reconciliation();
        List<Column> columns = reconciliation.columns("", schema.asStruct(), source.columns());
        if (!reconciliation.misfits.isEmpty()) {
            throw new IncompatibleSchemaException("Cannot append to table '" + table + "': "
                    + String.join("; ", reconciliation.misfits) + ". Source schema: " + source + ". Table schema: "
                    + SchemaMapping.columns(schema));
        }
        return new Outcome(new TableSchema(columns, source.primaryKey()), reconciliation.changes);
    }

    /**
     * Looks at the columns for a new table.
     *
     * @throws IncompatibleSchemaException if there can be no such table
     */
    static void requireStorable(String table, TableSchema source) {
        requireDistinctWhenFolded(table, "", source.columns());
        for (Column column : source.columns()) {
            Optional<String> hollow = hollow(column.name(), column.type());
            if (hollow.isPresent()) {
                throw new IncompatibleSchemaException("Cannot write to table '" + table + "': " + hollow.get());
            }
        }
    }

    /** Catalogs and engines that fold case would take two such columns for one, and so two fields of a struct. */
    private static void requireDistinctWhenFolded(String table, String parent, List<Column> columns) {
        Map<String, String> folded = new HashMap<>();
        for (Column column : columns) {
            String path = path(parent, column.name());
            String other = folded.put(column.name().toLowerCase(Locale.ROOT), path);
            if (other != null) {
                throw new IncompatibleSchemaException("Cannot write to table '" + table + "': columns '" + other
                        + "' and '" + path + "' differ only in case");
            }
            requireFieldsDistinct(table, path, column.type());
        }
    }

    private static void requireFieldsDistinct(String table, String path, ColumnType type) {
        if (type instanceof StructType struct) {
            requireDistinctWhenFolded(table, path, struct.fields());
        } else if (type instanceof ListType list) {
            requireFieldsDistinct(table, path(path, "element"), list.element());
        }
    }

    private List<Column> columns(String parent, Types.StructType struct, List<Column> sources) {
        List<Column> columns = new ArrayList<>();
        for (Column source : sources) {
            Types.NestedField field = struct.field(source.name());
            String path = path(parent, source.name());
            if (field == null) {
                requireNewWhenFolded(path, struct, source);
                hollow(path, source.type()).ifPresent(misfits::add);
                changes.add(new SchemaChange.Add(
                        parent.isEmpty() ? null : parent,
                        source.name(),
                        SchemaMapping.type(source.type()),
                        SchemaMapping.doc(source)));
                columns.add(source);
            } else {
                columns.add(source.withType(type(path, field.type(), source.type())));
            }
        }
        requireSourceHasRequired(parent, struct, sources);
        return columns;
    }

    private void requireNewWhenFolded(String path, Types.StructType struct, Column source) {
        for (Types.NestedField field : struct.fields()) {
            if (field.name().equalsIgnoreCase(source.name())) {
                misfits.add("column '" + path + "' differs only in case from '" + field.name()
                        + "', which the table has (rename one of the two)");
            }
        }
    }

    private void requireSourceHasRequired(String parent, Types.StructType struct, List<Column> sources) {
        for (Types.NestedField field : struct.fields()) {
            if (field.isRequired()
                    && sources.stream().noneMatch(source -> source.name().equals(field.name()))) {
                misfits.add("column '" + path(parent, field.name())
                        + "' is required in the table and missing in the source (make it optional in the table)");
            }
        }
    }

    /** What is wrong with a type that has a struct without fields in it, for which Parquet has no form. */
    private static Optional<String> hollow(String path, ColumnType type) {
        if (type instanceof ListType list) {
            return hollow(path(path, "element"), list.element());
        }
        if (!(type instanceof StructType struct)) {
            return Optional.empty();
        }
        if (struct.fields().isEmpty()) {
            return Optional.of("column '" + path + "' is a struct without fields, which no file can hold;"
                    + " it has to be given another type, such as json");
        }
        return struct.fields().stream()
                .flatMap(field -> hollow(path(path, field.name()), field.type()).stream())
                .findFirst();
    }

    private static String path(String parent, String name) {
        return parent.isEmpty() ? name : parent + "." + name;
    }

    private ColumnType type(String path, Type table, ColumnType source) {
        if (source instanceof ListType list && table.isListType()) {
            return new ListType(type(path(path, "element"), table.asListType().elementType(), list.element()));
        }
        if (source instanceof StructType struct && table.isStructType()) {
            return new StructType(columns(path, table.asStructType(), struct.fields()));
        }
        Optional<ColumnType> known = SchemaMapping.columnType(table);
        boolean isTextInText = table.typeId() == Type.TypeID.STRING && isText(source);
        if (isTextInText || known.equals(Optional.of(source))) {
            return source;
        }
        return known.isPresent() ? scalar(path, known.get(), source) : misfit(path, table.toString(), source);
    }

    private ColumnType scalar(String path, ColumnType table, ColumnType source) {
        boolean isJsonInVariant = table == Scalar.VARIANT && source == Scalar.JSON;
        if (isJsonInVariant
                || isWider(table, source)
                || isInAnotherUnit(table, source)
                || isInAnotherUnit(source, table)) {
            return table;
        }
        if (isWider(source, table)) {
            changes.add(new SchemaChange.Widen(path, SchemaMapping.type(source).asPrimitiveType()));
            return source;
        }
        if (isNumber(table) && isNumber(source)) {
            // Whether the table can hold a number exactly is a question of each value.
            return table;
        }
        return misfit(path, table.toString(), source);
    }

    private ColumnType misfit(String path, String table, ColumnType source) {
        misfits.add("column '" + path + "' is " + source + " in the source and " + table
                + " in the table (choose a type that fits with schema.overrides, or change the table's column)");
        return source;
    }

    private static boolean isNumber(ColumnType type) {
        return type instanceof DecimalType
                || type == Scalar.INT
                || type == Scalar.LONG
                || type == Scalar.FLOAT
                || type == Scalar.DOUBLE;
    }

    private static boolean isText(ColumnType source) {
        return source == Scalar.JSON || source == Scalar.STRING;
    }

    /** No column changes from microseconds to nanoseconds, or back: values come in the unit that it has. */
    private static boolean isInAnotherUnit(ColumnType nanos, ColumnType micros) {
        return (nanos == Scalar.TIMESTAMP_NANO && micros == Scalar.TIMESTAMP)
                || (nanos == Scalar.LOCAL_TIMESTAMP_NANO && micros == Scalar.LOCAL_TIMESTAMP);
    }

    private static boolean isWider(@Nullable ColumnType wide, ColumnType narrow) {
        if (wide instanceof DecimalType wideDecimal && narrow instanceof DecimalType narrowDecimal) {
            return wideDecimal.scale() == narrowDecimal.scale() && wideDecimal.precision() > narrowDecimal.precision();
        }
        return (wide == Scalar.LONG && narrow == Scalar.INT) || (wide == Scalar.DOUBLE && narrow == Scalar.FLOAT);
    }
}
