package io.rowlake.sink.iceberg;

import io.rowlake.model.Destination.Mutation;
import io.rowlake.model.Steps;
import io.rowlake.model.Steps.Fault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.BaseMetastoreCatalog;
import org.apache.iceberg.LocationProviders;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.ServiceFailureException;
import org.apache.iceberg.inmemory.InMemoryFileIO;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.LocationProvider;
import org.apache.iceberg.io.OutputFile;
import org.jspecify.annotations.Nullable;

/** A catalog of one table, as one process reaches it. */
final class SimulatedCatalog extends BaseMetastoreCatalog {

    private final State state;
    private final Steps steps;

    SimulatedCatalog(State state, Steps steps) {
        this.state = state;
        this.steps = steps;
    }

    /** What all processes see. */
    static final class State {

        private final InMemoryFileIO files = new InMemoryFileIO();
        private final Mutation mutation;
        private @Nullable TableMetadata metadata;
        private long version;

        State(Mutation mutation) {
            this.mutation = mutation;
        }

        Optional<TableMetadata> current() {
            return Optional.ofNullable(metadata);
        }

        long version() {
            return version;
        }

        @SuppressWarnings("ReferenceEquality") // As in every catalog: the base is the very state that was looked at.
        private void compareAndSet(@Nullable TableMetadata base, TableMetadata next) {
            if (base != metadata && mutation != Mutation.IGNORES_COMPARISON) {
                if (base == null) {
                    throw new AlreadyExistsException("The table was created meanwhile");
                }
                throw new CommitFailedException("The table has changed");
            }
            metadata = next;
            version++;
        }
    }

    @Override
    protected TableOperations newTableOps(TableIdentifier identifier) {
        return new Operations(state, steps);
    }

    /** Conflicts are met again at once, and small files are written plainly, for speed. */
    @Override
    protected Map<String, String> properties() {
        return Map.of(
                "table-default.commit.retry.min-wait-ms", "0",
                "table-default.commit.retry.max-wait-ms", "0",
                "table-default.write.parquet.compression-codec", "uncompressed",
                "table-default.write.avro.compression-codec", "uncompressed");
    }

    @Override
    protected String defaultWarehouseLocation(TableIdentifier identifier) {
        return "memory/" + identifier.name();
    }

    @Override
    public List<TableIdentifier> listTables(Namespace namespace) {
        throw new UnsupportedOperationException("Nobody lists tables");
    }

    @Override
    public boolean dropTable(TableIdentifier identifier, boolean purge) {
        throw new UnsupportedOperationException("Nobody drops the table");
    }

    @Override
    public void renameTable(TableIdentifier from, TableIdentifier to) {
        throw new UnsupportedOperationException("Nobody renames the table");
    }

    /** The table as one process reaches it. */
    static final class Operations implements TableOperations {

        private final State state;
        private final Steps steps;
        private @Nullable TableMetadata seen;
        private boolean looked;

        Operations(State state, Steps steps) {
            this.state = state;
            this.steps = steps;
        }

        @Override
        public @Nullable TableMetadata current() {
            return looked ? seen : refresh();
        }

        @Override
        public @Nullable TableMetadata refresh() {
            if (steps.request("look at the table") != Fault.NONE) {
                throw new ServiceFailureException("The catalog is down");
            }
            seen = state.metadata;
            looked = true;
            return seen;
        }

        @Override
        public void commit(@Nullable TableMetadata base, TableMetadata metadata) {
            String what = base == null ? "create the table" : "commit to the table";
            Fault fault = steps.request(what);
            switch (fault) {
                case NONE -> apply(base, metadata, what);
                case ANSWER_LOST -> {
                    apply(base, metadata, what);
                    throw new CommitStateUnknownException(new IllegalStateException("connection reset"));
                }
                case REQUEST_LOST ->
                    throw new CommitStateUnknownException(new IllegalStateException("connection reset"));
                case REFUSED -> throw new CommitFailedException("Somebody else was faster");
            }
        }

        private void apply(@Nullable TableMetadata base, TableMetadata metadata, String what) {
            state.compareAndSet(base, metadata);
            looked = false;
            steps.moment("hear of the answer to: " + what);
        }

        @Override
        public FileIO io() {
            return new Files(state.files, steps);
        }

        @Override
        public String metadataFileLocation(String fileName) {
            return "memory/metadata/" + fileName;
        }

        @Override
        public LocationProvider locationProvider() {
            TableMetadata metadata = seen;
            return LocationProviders.locationsFor("memory/rows", metadata == null ? Map.of() : metadata.properties());
        }
    }

    /** Files in memory, which a process that was killed can't delete any more. */
    private static final class Files implements FileIO {

        private static final long serialVersionUID = 1L;

        private final transient InMemoryFileIO files;
        private final transient Steps steps;

        Files(InMemoryFileIO files, Steps steps) {
            this.files = files;
            this.steps = steps;
        }

        @Override
        public InputFile newInputFile(String path) {
            return files.newInputFile(path);
        }

        @Override
        public OutputFile newOutputFile(String path) {
            return files.newOutputFile(path);
        }

        @Override
        public void deleteFile(String path) {
            if (steps.isAlive()) {
                files.deleteFile(path);
            }
        }
    }
}
