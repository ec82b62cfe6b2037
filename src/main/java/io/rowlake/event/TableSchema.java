package io.rowlake.event;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The columns of a table in their order, and which of them make its primary key. Immutable; compared by value.
 *
 * <p>A class and no record, since the position of a column is looked up by name for every row of a schemaless source.
 */
public final class TableSchema {

    private final List<Column> columns;
    private final List<String> primaryKey;
    private final Map<String, Integer> indexes;

    /**
     * @param primaryKey names of columns, empty where the key is unknown
     * @throws IllegalArgumentException if two columns have one name, or a key column is none of the columns
     */
    public TableSchema(List<Column> columns, List<String> primaryKey) {
        this.columns = List.copyOf(columns);
        this.primaryKey = List.copyOf(primaryKey);
        this.indexes = new HashMap<>();
        Column.requireDistinctNames(columns);
        for (int i = 0; i < columns.size(); i++) {
            indexes.put(columns.get(i).name(), i);
        }
        for (String key : primaryKey) {
            if (!indexes.containsKey(key)) {
                throw new IllegalArgumentException(
                        "Primary key column '" + key + "' is none of the columns " + Column.text(columns));
            }
        }
    }

    public List<Column> columns() {
        return columns;
    }

    public List<String> primaryKey() {
        return primaryKey;
    }

    /** The position of a column, or -1 if there is none of the name. */
    public int indexOf(String name) {
        return indexes.getOrDefault(name, -1);
    }

    public Optional<Column> column(String name) {
        int index = indexOf(name);
        return index < 0 ? Optional.empty() : Optional.of(columns.get(index));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TableSchema that && columns.equals(that.columns) && primaryKey.equals(that.primaryKey);
    }

    @Override
    public int hashCode() {
        return 31 * columns.hashCode() + primaryKey.hashCode();
    }

    /** As in {@code label: string, width: long; primary key: label}. */
    @Override
    public String toString() {
        String text = Column.text(columns);
        return primaryKey.isEmpty() ? text : text + "; primary key: " + String.join(", ", primaryKey);
    }
}
