package io.rowlake.decode;

import io.rowlake.event.Column;
import io.rowlake.event.TableSchema;
import java.util.List;

/**
 * The columns of a source: how each value stands in the events, and what type it becomes.
 *
 * @param columns in order
 * @param primaryKey names of columns, empty where the key is unknown
 */
public record SourceSchema(List<SourceColumn> columns, List<String> primaryKey) {

    public SourceSchema {
        columns = List.copyOf(columns);
        primaryKey = List.copyOf(primaryKey);
    }

    /** A named value of a row or of a struct. */
    public record SourceColumn(String name, ValueForm form) {}

    /**
     * The schema that a destination is offered.
     *
     * @throws IllegalArgumentException if two columns have one name, or a key column is none of the columns
     */
    public TableSchema tableSchema() {
        return new TableSchema(
                columns.stream()
                        .map(column -> new Column(column.name(), column.form().type()))
                        .toList(),
                primaryKey);
    }
}
