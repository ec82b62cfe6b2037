package io.rowlake.sink.iceberg;

import java.util.List;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.PartitionSpecParser;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;

/**
 * The schema that a table would have after changes, with the ids that its columns would get. Nothing of it is stored, and
 * it doesn't move when the table does.
 */
final class PlannedSchema {

    private final Operations operations;
    private final BaseTable planned;

    /** Begins with the table as it is in memory. */
    PlannedSchema(Table table) {
        this.operations =
                new Operations(((HasTableOperations) table).operations().current());
        this.planned = new BaseTable(operations, table.name());
    }

    Schema schema() {
        return operations.current().schema();
    }

    /** The table's partitions, in terms of the types that its columns would have. */
    PartitionSpec spec() {
        // In memory the transforms of a widened column stay bound to its old type; read from text they are bound anew.
        return PartitionSpecParser.fromJson(
                schema(), PartitionSpecParser.toJson(operations.current().spec()));
    }

    void apply(List<SchemaChange> changes) {
        if (!changes.isEmpty()) {
            UpdateSchema update = planned.updateSchema();
            changes.forEach(change -> change.apply(update));
            update.commit();
        }
    }

    /** Keeps the table's metadata in memory; there is no file that a schema update would touch. */
    private static final class Operations implements TableOperations {

        private TableMetadata metadata;

        Operations(TableMetadata metadata) {
            this.metadata = metadata;
        }

        @Override
        public TableMetadata current() {
            return metadata;
        }

        @Override
        public TableMetadata refresh() {
            return metadata;
        }

        @Override
        public void commit(TableMetadata base, TableMetadata changed) {
            metadata = changed;
        }

        @Override
        public FileIO io() {
            throw planned();
        }

        @Override
        public String metadataFileLocation(String fileName) {
            throw planned();
        }

        @Override
        public LocationProvider locationProvider() {
            throw planned();
        }

        private static UnsupportedOperationException planned() {
            return new UnsupportedOperationException("A planned schema has no files");
        }
    }
}
