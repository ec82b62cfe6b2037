package io.rowlake.sink.iceberg;

import org.apache.iceberg.LocationProviders;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.encryption.EncryptionManager;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;

/** Writes a table's manifests where they belong, and keeps its metadata in memory until all changes are together. */
final class MemoryOperations implements TableOperations {

    private final TableOperations target;
    private TableMetadata metadata;

    MemoryOperations(TableOperations target, TableMetadata start) {
        this.target = target;
        this.metadata = start;
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
        return target.io();
    }

    @Override
    public EncryptionManager encryption() {
        return target.encryption();
    }

    @Override
    public String metadataFileLocation(String fileName) {
        return target.metadataFileLocation(fileName);
    }

    @Override
    public LocationProvider locationProvider() {
        return LocationProviders.locationsFor(metadata.location(), metadata.properties());
    }

    @Override
    public long newSnapshotId() {
        return target.newSnapshotId();
    }
}
