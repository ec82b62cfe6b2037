package io.rowlake.event;

import java.util.Arrays;
import java.util.List;

/**
 * The name of a destination table, qualified by a namespace of one or more levels: {@code lake.images}.
 *
 * @param namespace at least one level, outermost first
 */
public record TableName(List<String> namespace, String name) {

    public TableName {
        namespace = List.copyOf(namespace);
        if (namespace.isEmpty() || name.isBlank() || namespace.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("Table name '" + text(namespace, name)
                    + "' must be namespace-qualified, as in 'my_namespace.my_table'");
        }
    }

    /**
     * Reads {@code namespace.table}, where the part after the last dot is the table.
     *
     * @throws IllegalArgumentException if the namespace or the table is missing
     */
    public static TableName parse(String qualified) {
        List<String> parts = Arrays.asList(qualified.split("\\.", -1));
        int last = parts.size() - 1;
        return new TableName(parts.subList(0, last), parts.get(last));
    }

    @Override
    public String toString() {
        return text(namespace, name);
    }

    private static String text(List<String> namespace, String name) {
        return namespace.isEmpty() ? name : String.join(".", namespace) + "." + name;
    }
}
