package io.rowlake.sink.iceberg;

import io.rowlake.event.TableSchema;
import io.rowlake.sink.RetriableSinkException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;

/** The schemas of what is staged, and what the table needs to take it. */
final class ColumnChanges {

    private final Set<TableSchema> sources = new LinkedHashSet<>();
    private Schema written;

    /** Begins with the table's schema as it is. */
    ColumnChanges(Table table) {
        this.written = table.schema();
    }

    /** The schema that the table will have, with the columns of all that is staged. */
    Schema written() {
        return written;
    }

    /** Takes the columns of a source into the schema. */
    void add(Table table, TableSchema source) {
        if (sources.add(source)) {
            written = schemaWith(table, changes(table));
        }
    }

    /**
     * The changes that bring the table, as it is now, to the schema in which the files are written.
     *
     * @throws RetriableSinkException if somebody else has changed columns so that the files don't fit any more
     */
    List<SchemaChange> missingFrom(Table table) {
        List<SchemaChange> changes = changes(table);
        Schema after = schemaWith(table, changes);
        for (Types.NestedField field : TypeUtil.indexById(written.asStruct()).values()) {
            Types.NestedField now = after.findField(field.fieldId());
            if (now == null || !now.name().equals(field.name()) || !fits(field, now)) {
                throw new RetriableSinkException(
                        "Cannot commit to table '" + table.name() + "': column '" + field.name()
                                + "' was changed by somebody else meanwhile; the rows are written again",
                        new IllegalStateException("Wrote " + field + ", the table has " + now));
            }
        }
        return changes;
    }

    private static boolean fits(Types.NestedField field, Types.NestedField now) {
        return now.type().isNestedType() == field.type().isNestedType()
                && (!field.type().isPrimitiveType()
                        || TypeUtil.isPromotionAllowed(field.type(), now.type().asPrimitiveType()));
    }

    private List<SchemaChange> changes(Table table) {
        List<SchemaChange> all = new ArrayList<>();
        for (TableSchema source : sources) {
            all.addAll(Reconciliation.of(table.name(), schemaWith(table, all), source)
                    .changes());
        }
        return all;
    }

    private static Schema schemaWith(Table table, List<SchemaChange> changes) {
        if (changes.isEmpty()) {
            return table.schema();
        }
        UpdateSchema update = table.updateSchema();
        changes.forEach(change -> change.apply(update));
        return update.apply();
    }
}
