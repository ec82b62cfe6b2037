package io.rowlake.query;

import io.rowlake.event.Column;
import io.rowlake.event.TableSchema;
import io.rowlake.query.Query.UnknownColumns;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The columns of the source, by the names that a query may use. */
final class SourceColumns {

    private final TableSchema schema;
    private final UnknownColumns unknown;
    private final QueryText query;
    private final Set<String> missing = new LinkedHashSet<>();

    SourceColumns(TableSchema schema, UnknownColumns unknown, QueryText query) {
        this.schema = schema;
        this.unknown = unknown;
        this.query = query;
    }

    /**
     * The position of the column that a name begins with, or -1 where an unknown column is null.
     *
     * @throws QueryException if there is no such column
     */
    int find(Syntax.Name name) {
        int column = schema.indexOf(name.column());
        if (column < 0 && unknown == UnknownColumns.REJECT) {
            throw query.error(name.at(), "there is no column '" + name.column() + "', but " + hint(name.column()));
        }
        if (column < 0) {
            missing.add(name.column());
        }
        return column;
    }

    /** Whether a name was found to be of no column. */
    boolean hasUnknown() {
        return !missing.isEmpty();
    }

    /** The names of no column that were asked for, each with the columns that there are. */
    List<String> unknown() {
        return missing.stream()
                .map(name -> "'" + name + "' (there are " + hint(name) + ")")
                .toList();
    }

    private String hint(String name) {
        List<String> names = schema.columns().stream().map(Column::name).toList();
        return names.isEmpty() ? "none" : Nearest.hint(name, names);
    }

    TableSchema schema() {
        return schema;
    }
}
