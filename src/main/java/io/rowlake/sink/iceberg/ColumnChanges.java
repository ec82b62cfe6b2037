package io.rowlake.sink.iceberg;

import io.rowlake.event.TableSchema;
import io.rowlake.sink.IncompatibleSchemaException;
import io.rowlake.sink.RetriableSinkException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;

/**
 * The schemas of what is staged, and what the table needs to take it.
 *
 * <p>Files name their columns by id. The ids of new columns are those that the table would give if nobody else changed it:
 * they are planned on the table as it was when the first file was begun, and compared with the table at the commit.
 */
final class ColumnChanges {

    private final String table;
    private final Set<TableSchema> batches = new LinkedHashSet<>();
    private final PlannedSchema planned;

    /** Begins with the table's schema as it is. */
    ColumnChanges(String name, Table table) {
        this.table = name;
        this.planned = new PlannedSchema(table);
    }

    /** The schema that the table will have, with the columns of all that is staged. */
    Schema written() {
        return planned.schema();
    }

    /** The partitions of a table of that schema. */
    PartitionSpec partitions() {
        return planned.spec();
    }

    /**
     * Takes the columns of a batch into the schema.
     *
     * @throws RetriableSinkException if the batch was made for a table of other types
     */
    void add(TableSchema batch) {
        Reconciliation.Outcome outcome = reconciled(written(), batch);
        if (!outcome.target().equals(batch)) {
            throw new RetriableSinkException(
                    "Cannot write rows for table '" + table
                            + "': its columns were changed after the rows were read; they are read again",
                    new IllegalStateException("Rows came as " + batch + ", the table takes " + outcome.target()));
        }
        if (batches.add(batch)) {
            planned.apply(outcome.changes());
        }
    }

    /**
     * The changes that bring the table, as it is now, to the schema in which the files are written: one list for each
     * schema of batches that needs any, in order, since a later one may add to a column of an earlier one.
     *
     * @throws RetriableSinkException if somebody else has changed columns so that the files don't fit any more
     */
    List<List<SchemaChange>> missingFrom(Table current) {
        List<List<SchemaChange>> steps = new ArrayList<>();
        var after = new PlannedSchema(current);
        for (TableSchema batch : batches) {
            List<SchemaChange> changes = reconciled(after.schema(), batch).changes();
            if (!changes.isEmpty()) {
                steps.add(changes);
                after.apply(changes);
            }
        }
        requireSameIds(after.schema());
        return steps;
    }

    /**
     * The rows fitted when they were shaped, so that the table was changed since. Which of them still fit is found when they
     * are read again.
     */
    private Reconciliation.Outcome reconciled(Schema schema, TableSchema batch) {
        try {
            return Reconciliation.of(table, schema, batch);
        } catch (IncompatibleSchemaException e) {
            throw new RetriableSinkException(
                    "Cannot write rows for table '" + table
                            + "': its columns were changed after the rows were read; they are read again",
                    e);
        }
    }

    private void requireSameIds(Schema after) {
        Map<Integer, String> names = TypeUtil.indexNameById(written().asStruct());
        for (Types.NestedField field : TypeUtil.indexById(written().asStruct()).values()) {
            String name = names.getOrDefault(field.fieldId(), field.name());
            Types.NestedField now = after.findField(field.fieldId());
            if (now == null || !name.equals(after.findColumnName(field.fieldId())) || !fits(field, now)) {
                throw new RetriableSinkException(
                        "Cannot commit to table '" + table + "': column '" + name
                                + "' was changed by somebody else meanwhile; the rows are read again",
                        new IllegalStateException("Wrote " + field + ", the table has " + now));
            }
        }
    }

    private static boolean fits(Types.NestedField field, Types.NestedField now) {
        return field.type().isPrimitiveType()
                ? now.type().isPrimitiveType()
                        && TypeUtil.isPromotionAllowed(field.type(), now.type().asPrimitiveType())
                : now.type().typeId() == field.type().typeId();
    }
}
