package io.rowlake.decode;

import io.rowlake.event.Column;
import io.rowlake.event.ColumnType;
import io.rowlake.event.TableSchema;
import java.util.List;
import java.util.Optional;

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

    /**
     * A named value of a row or of a struct.
     *
     * @param declared of a column that is kept as JSON: the type that the source says its values have
     */
    public record SourceColumn(String name, ValueForm form, Optional<ColumnType> declared) {

        /** A column of which no more is known than its form. */
        public SourceColumn(String name, ValueForm form) {
            this(name, form, Optional.empty());
        }

        private Column column() {
            return new Column(name, form.type(), form.shape(), declared);
        }
    }

    /**
     * The schema that a destination is offered.
     *
     * @throws IllegalArgumentException if two columns have one name, or a key column is none of the columns
     */
    public TableSchema tableSchema() {
        return new TableSchema(columns.stream().map(SourceColumn::column).toList(), primaryKey);
    }
}
