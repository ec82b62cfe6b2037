package io.rowlake.sink.iceberg;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.ServiceFailureException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;

/** A catalog whose commits fail when they are told to. */
final class FaultyCatalog implements Catalog {

    /** What befalls one commit. */
    enum Fault {
        /** The answer is lost. */
        APPLIED_AND_UNKNOWN,
        /** The request is lost. */
        LOST_AND_UNKNOWN,
        /** Somebody else was faster. */
        REFUSED,
        /** The catalog doesn't answer, and didn't hear. */
        UNREACHABLE,
        /** The JVM ends, and with it the threads that Iceberg commits with. */
        SHUT_DOWN
    }

    private static final Optional<Fault> NO_FAULT = Optional.empty();

    private final Catalog catalog;
    private final Deque<Optional<Fault>> faults = new ArrayDeque<>();
    private Runnable beforeNextCommit = () -> {};
    private Runnable beforeNextRefresh = () -> {};
    private boolean isDownAfterNextCommit;
    private int commits;

    FaultyCatalog(Catalog catalog) {
        this.catalog = catalog;
    }

    /** The next commits fail so, one after the other. */
    void failNextCommits(Fault... next) {
        List.of(next).forEach(fault -> faults.add(Optional.of(fault)));
    }

    /** So many commits go through, and the next one fails so. */
    void failAfter(int sound, Fault fault) {
        for (int i = 0; i < sound; i++) {
            faults.add(NO_FAULT);
        }
        faults.add(Optional.of(fault));
    }

    /** Something happens before the next commit reaches the catalog. */
    void beforeNextCommit(Runnable event) {
        beforeNextCommit = event;
    }

    /** Something happens before a table that was loaded looks at the catalog again. */
    void beforeNextRefresh(Runnable event) {
        beforeNextRefresh = event;
    }

    /** The next commit goes through; afterwards the table can't be looked at, until it is loaded again. */
    void goDownAfterNextCommit() {
        isDownAfterNextCommit = true;
    }

    /** How often a commit was tried. */
    int commits() {
        return commits;
    }

    @Override
    public Table loadTable(TableIdentifier identifier) {
        Table table = catalog.loadTable(identifier);
        return new BaseTable(new FaultyOperations(((HasTableOperations) table).operations()), table.name());
    }

    /** Tables are made without faults. */
    @Override
    public TableBuilder buildTable(TableIdentifier identifier, Schema schema) {
        return catalog.buildTable(identifier, schema);
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

    private final class FaultyOperations implements TableOperations {

        private final TableOperations operations;
        private boolean isDown;

        FaultyOperations(TableOperations operations) {
            this.operations = operations;
        }

        @Override
        public void commit(TableMetadata base, TableMetadata metadata) {
            commits++;
            Runnable event = beforeNextCommit;
            beforeNextCommit = () -> {};
            event.run();
            Optional<Fault> next = faults.isEmpty() ? NO_FAULT : faults.poll();
            if (next.isEmpty()) {
                operations.commit(base, metadata);
                isDown = isDownAfterNextCommit;
                isDownAfterNextCommit = false;
                return;
            }
            switch (next.get()) {
                case APPLIED_AND_UNKNOWN -> {
                    operations.commit(base, metadata);
                    throw new CommitStateUnknownException(new IllegalStateException("connection reset"));
                }
                case LOST_AND_UNKNOWN ->
                    throw new CommitStateUnknownException(new IllegalStateException("connection reset"));
                case REFUSED -> throw new CommitFailedException("somebody else was faster");
                case SHUT_DOWN -> throw new RejectedExecutionException("pool is shut down");
                case UNREACHABLE -> throw new ServiceFailureException("catalog is down");
            }
        }

        @Override
        public TableMetadata current() {
            if (isDown) {
                throw new ServiceFailureException("catalog is down");
            }
            return operations.current();
        }

        @Override
        public TableMetadata refresh() {
            Runnable event = beforeNextRefresh;
            beforeNextRefresh = () -> {};
            event.run();
            return operations.refresh();
        }

        @Override
        public FileIO io() {
            return operations.io();
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
            return operations.temp(uncommitted);
        }
    }
}
