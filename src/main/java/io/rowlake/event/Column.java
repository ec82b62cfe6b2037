package io.rowlake.event;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A named and typed column of a table, or field of a struct. Every column may hold nulls.
 *
 * @param doc what a reader should know of the values and the type doesn't say, such as the shape of an array
 * @param declared of a {@code JSON} column: the type that the source says its values have
 */
public record Column(String name, ColumnType type, Optional<String> doc, Optional<ColumnType> declared) {

    public Column {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("Column name must not be empty");
        }
    }

    /** A column of which no more is known. */
    public Column(String name, ColumnType type) {
        this(name, type, Optional.empty(), Optional.empty());
    }

    /** The column with values of another type, of which the source says nothing more. */
    public Column withType(ColumnType other) {
        return new Column(name, other, doc, Optional.empty());
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
