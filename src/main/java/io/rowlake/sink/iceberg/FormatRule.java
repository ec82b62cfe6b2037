package io.rowlake.sink.iceberg;

import io.rowlake.event.Column;
import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.ListType;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.ColumnType.StructType;
import io.rowlake.event.TableSchema;
import io.rowlake.sink.IncompatibleSchemaException;
import java.util.Optional;

/** Which types a table can't have, for its format version or because there is no writer for them. */
final class FormatRule {

    private static final int VERSION_OF_NANOSECONDS = 3;

    private FormatRule() {}

    /**
     * Looks at the columns before anything is made for them. The catalog would refuse them as well, but only at the end,
     * and with the same answer as to a request that is worth trying again.
     *
     * @throws IncompatibleSchemaException if a table of the format version can't have one of them
     */
    static void requireTypes(String table, int formatVersion, TableSchema source) {
        for (Column column : source.columns()) {
            Optional<String> reason = reason(column.name(), column.type(), formatVersion);
            if (reason.isPresent()) {
                throw new IncompatibleSchemaException("Cannot write to table '" + table + "': " + reason.get());
            }
        }
    }

    private static Optional<String> reason(String path, ColumnType type, int formatVersion) {
        if (type instanceof ListType list) {
            return reason(path + ".element", list.element(), formatVersion);
        }
        if (type instanceof StructType struct) {
            return struct.fields().stream()
                    .flatMap(field -> reason(path + "." + field.name(), field.type(), formatVersion).stream())
                    .findFirst();
        }
        if (type == Scalar.VARIANT) {
            return Optional.of("column '" + path + "' is " + type
                    + ", which this version writes to no Iceberg table; it has to be given another type, such as json");
        }
        boolean isNanoseconds = type == Scalar.TIMESTAMP_NANO || type == Scalar.LOCAL_TIMESTAMP_NANO;
        return isNanoseconds && formatVersion < VERSION_OF_NANOSECONDS
                ? Optional.of("column '" + path + "' is " + type + ", which needs iceberg.format.version=3, but the"
                        + " table's is " + formatVersion)
                : Optional.empty();
    }
}
