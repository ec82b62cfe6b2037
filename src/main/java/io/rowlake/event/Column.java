package io.rowlake.event;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A named and typed column of a table, or field of a struct. Every column may hold nulls. */
public record Column(String name, ColumnType type) {

    public Column {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("Column name must not be empty");
        }
    }

    @Override
    public String toString() {
        return name + ": " + type;
    }

    static void requireDistinctNames(List<Column> columns) {
        Set<String> seen = new HashSet<>();
        for (Column column : columns) {
            if (!seen.add(column.name())) {
                throw new IllegalArgumentException("Column '" + column.name() + "' occurs twice");
            }
        }
    }

    static String text(List<Column> columns) {
        return columns.stream().map(Column::toString).collect(Collectors.joining(", "));
    }
}
