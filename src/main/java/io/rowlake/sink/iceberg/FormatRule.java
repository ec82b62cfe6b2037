package io.rowlake.sink.iceberg;

import io.rowlake.event.Column;
import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.ListType;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.ColumnType.StructType;
import io.rowlake.event.TableSchema;
import io.rowlake.sink.SinkException;
import java.util.List;

/** What becomes of types that came with version 3 of the format in tables of an older one. */
final class FormatRule {

    private static final int VERSION_OF_ALL_TYPES = 3;

    private final String table;
    private final int formatVersion;

    private FormatRule(String table, int formatVersion) {
        this.table = table;
        this.formatVersion = formatVersion;
    }

    /**
     * The columns with the types that a table of the format version keeps: nanoseconds become microseconds where it has no
     * others.
     *
     * @throws SinkException if nothing can stand for one of them
     */
    static TableSchema kept(String table, int formatVersion, TableSchema source) {
        if (formatVersion >= VERSION_OF_ALL_TYPES) {
            return source;
        }
        var rule = new FormatRule(table, formatVersion);
        return new TableSchema(rule.columns("", source.columns()), source.primaryKey());
    }

    private List<Column> columns(String parent, List<Column> columns) {
        return columns.stream()
                .map(column -> {
                    ColumnType kept = type(parent + column.name(), column.type());
                    return kept.equals(column.type()) ? column : column.withType(kept);
                })
                .toList();
    }

    private ColumnType type(String path, ColumnType type) {
        if (type instanceof ListType list) {
            return new ListType(type(path + ".element", list.element()));
        }
        if (type instanceof StructType struct) {
            return new StructType(columns(path + ".", struct.fields()));
        }
        if (type == Scalar.VARIANT) {
            throw new SinkException("Cannot write to table '" + table + "': column '" + path
                    + "' is variant, which needs format version 3, but the table has version " + formatVersion
                    + ". Give the column another type with json.mode or schema.overrides, or upgrade the table to"
                    + " format version 3");
        }
        if (type == Scalar.TIMESTAMP_NANO) {
            return Scalar.TIMESTAMP;
        }
        return type == Scalar.LOCAL_TIMESTAMP_NANO ? Scalar.LOCAL_TIMESTAMP : type;
    }
}
