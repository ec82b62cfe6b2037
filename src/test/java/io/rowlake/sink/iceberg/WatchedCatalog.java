package io.rowlake.sink.iceberg;

import io.rowlake.sink.CallPoints;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.ServiceFailureException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;

/** A catalog as one task sees it: every call passes the task's points. */
record WatchedCatalog(Catalog catalog, CallPoints points) implements Catalog {

    static ServiceFailureException unreachable() {
        return new ServiceFailureException("connection reset");
    }

    @Override
    public Table loadTable(TableIdentifier identifier) {
        return points.around("load", WatchedCatalog::unreachable, () -> watched(catalog.loadTable(identifier)));
    }

    @Override
    public TableBuilder buildTable(TableIdentifier identifier, Schema schema) {
        return new WatchedBuilder(catalog.buildTable(identifier, schema));
    }

    @Override
    public List<TableIdentifier> listTables(Namespace namespace) {
        return catalog.listTables(namespace);
    }

    @Override
    public boolean dropTable(TableIdentifier identifier, boolean purge) {
        return catalog.dropTable(identifier, purge);
    }

    @Override
    public void renameTable(TableIdentifier from, TableIdentifier to) {
        catalog.renameTable(from, to);
    }

    private Table watched(Table table) {
        return new BaseTable(new WatchedOperations(((HasTableOperations) table).operations()), table.name());
    }

    private final class WatchedOperations implements TableOperations {

        private final TableOperations operations;

        WatchedOperations(TableOperations operations) {
            this.operations = operations;
        }

        @Override
        public void commit(TableMetadata base, TableMetadata metadata) {
            points.around(
                    "commit",
                    () -> new CommitStateUnknownException(new IllegalStateException("connection reset")),
                    () -> {
                        operations.commit(base, metadata);
                        return true;
                    });
        }

        @Override
        public TableMetadata current() {
            return operations.current();
        }

        @Override
        public TableMetadata refresh() {
            return points.around("refresh", WatchedCatalog::unreachable, operations::refresh);
        }

        @Override
        public FileIO io() {
            return new WatchedFiles(operations.io(), points);
        }

        @Override
        public String metadataFileLocation(String fileName) {
            return operations.metadataFileLocation(fileName);
        }

        @Override
        public LocationProvider locationProvider() {
            return operations.locationProvider();
        }

        @Override
        public TableOperations temp(TableMetadata uncommitted) {
            return new WatchedOperations(operations.temp(uncommitted));
        }

        @Override
        public long newSnapshotId() {
            return operations.newSnapshotId();
        }
    }

    private final class WatchedBuilder implements TableBuilder {

        private final TableBuilder builder;

        WatchedBuilder(TableBuilder builder) {
            this.builder = builder;
        }

        @Override
        public TableBuilder withPartitionSpec(PartitionSpec spec) {
            builder.withPartitionSpec(spec);
            return this;
        }

        @Override
        public TableBuilder withSortOrder(SortOrder sortOrder) {
            builder.withSortOrder(sortOrder);
            return this;
        }

        @Override
        public TableBuilder withLocation(String location) {
            builder.withLocation(location);
            return this;
        }

        @Override
        public TableBuilder withProperties(Map<String, String> properties) {
            builder.withProperties(properties);
            return this;
        }

        @Override
        public TableBuilder withProperty(String key, String value) {
            builder.withProperty(key, value);
            return this;
        }

        @Override
        public Table create() {
            return points.around("create table", WatchedCatalog::unreachable, () -> watched(builder.create()));
        }

        @Override
        public Transaction createTransaction() {
            return builder.createTransaction();
        }

        @Override
        public Transaction replaceTransaction() {
            return builder.replaceTransaction();
        }

        @Override
        public Transaction createOrReplaceTransaction() {
            return builder.createOrReplaceTransaction();
        }
    }
}
