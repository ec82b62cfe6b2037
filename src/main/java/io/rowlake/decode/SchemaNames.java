package io.rowlake.decode;

import io.rowlake.decode.SourceSchema.SourceColumn;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What holds for the names in every schema. */
final class SchemaNames {

    private SchemaNames() {}

    /** Refuses fields of one struct, or columns of a row, of which one has no name or two have the same. */
    static void requireDistinct(String where, List<String> names) {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (name.isEmpty()) {
                throw new SchemaException("fields of " + where + " must have names but one is empty");
            }
            if (!seen.add(name)) {
                throw new SchemaException(
                        "fields of " + where + " must have distinct names but two are '" + name + "'");
            }
        }
    }

    /** Refuses a primary key of which a column does not exist. */
    static void requireKeyAmong(List<SourceColumn> columns, List<String> primaryKey) {
        List<String> names = columns.stream().map(SourceColumn::name).toList();
        for (String key : primaryKey) {
            if (!names.contains(key)) {
                throw new SchemaException("primary key must be columns of " + names + " but one was '" + key + "'");
            }
        }
    }
}
