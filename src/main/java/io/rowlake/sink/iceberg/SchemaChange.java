package io.rowlake.sink.iceberg;

import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.types.Type;
import org.jspecify.annotations.Nullable;

/** One change that a table needs before it can take the rows of a source. */
sealed interface SchemaChange {

    void apply(UpdateSchema update);

    /** A new column at the end of the table, or of the struct at a path. */
    record Add(
            @Nullable String parent,
            String name,
            Type type,
            @Nullable String doc) implements SchemaChange {
        @Override
        public void apply(UpdateSchema update) {
            update.addColumn(parent, name, type, doc);
        }
    }

    /** A wider type for the column at a path. */
    record Widen(String path, Type.PrimitiveType type) implements SchemaChange {
        @Override
        public void apply(UpdateSchema update) {
            update.updateColumn(path, type);
        }
    }
}
