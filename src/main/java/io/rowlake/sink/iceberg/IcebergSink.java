package io.rowlake.sink.iceberg;

import io.rowlake.batch.ChangeBatch;
import io.rowlake.event.MalformedEventsException;
import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePartition;
import io.rowlake.event.TableSchema;
import io.rowlake.sink.CommitResult;
import io.rowlake.sink.IncompatibleSchemaException;
import io.rowlake.sink.RetriableSinkException;
import io.rowlake.sink.SinkException;
import io.rowlake.sink.TableSink;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableUtil;
import org.apache.iceberg.catalog.Catalog;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Iceberg table in append form. Rows are staged as data files that no snapshot has; a commit is one atomic change of the
 * table: files, new columns, and the offsets in the snapshot's summary.
 *
 * <p>The table, and its namespace, are created when the first rows are staged.
 */
public final class IcebergSink implements TableSink {

    private static final Logger LOG = LoggerFactory.getLogger(IcebergSink.class);

    /** Between two looks at a table for rows that it can't take, so that many of them don't burden the catalog. */
    private static final Duration LOOK_PAUSE = Duration.ofSeconds(10);

    private final TableAccess access;
    private final IcebergSettings settings;
    private final TableCommitter committer;
    private final InstantSource clock;
    private final Map<SourcePartition, Long> base = new TreeMap<>();
    private @Nullable Staging staging;
    private Instant nextLook = Instant.MIN;

    /** A sink that commits by itself, whatever other tasks do. */
    IcebergSink(Supplier<Catalog> catalog, IcebergSettings settings, InstantSource clock) {
        this(new TableAccess(catalog, settings), settings, new TableCommitter(settings.branch()), clock);
    }

    IcebergSink(TableAccess access, IcebergSettings settings, TableCommitter committer, InstantSource clock) {
        this.access = access;
        this.settings = settings;
        this.committer = committer;
        this.clock = clock;
    }

    /** Files of one table as it was when the first of them was begun. */
    private static final class Staging {

        private final StagedFiles files;
        private final ColumnChanges columns;
        private final Map<SourcePartition, Long> first = new HashMap<>();
        private boolean torn;

        Staging(String name, Table table) {
            this.files = new StagedFiles(table);
            this.columns = new ColumnChanges(name, table);
        }

        void write(ChangeBatch batch) throws IOException {
            noteFirst(batch);
            torn = true;
            files.write(batch, columns);
            torn = false;
        }

        Set<SourcePartition> partitions() {
            return first.keySet();
        }

        private void noteFirst(ChangeBatch batch) {
            if (first.keySet().containsAll(batch.partitions())) {
                return;
            }
            for (int row = 0; row < batch.rows(); row++) {
                first.putIfAbsent(batch.partition(row), batch.offset(row));
            }
        }

        List<DataFile> complete() throws IOException {
            torn = true;
            List<DataFile> complete = files.complete();
            torn = false;
            return complete;
        }
    }

    @Override
    public SourceOffsets open(Set<SourcePartition> partitions) {
        dropStaged(partitions);
        SourceOffsets ledger = access.reload()
                .map(table -> IcebergLedger.read(table, settings.branch()))
                .orElse(SourceOffsets.none());
        partitions.forEach(base::remove);
        SourceOffsets known = ledger.of(partitions);
        base.putAll(known.asMap());
        return known;
    }

    @Override
    public Optional<TableSchema> schema() {
        return access.table().map(table -> SchemaMapping.columns(table.schema()));
    }

    /** {@inheritDoc} A table that can't take the rows is looked at again first: somebody may have mended it. */
    @Override
    public TableSchema reconcile(TableSchema source) {
        try {
            return reconcileWithKnown(source);
        } catch (IncompatibleSchemaException e) {
            Instant now = clock.instant();
            if (staging != null || now.isBefore(nextLook)) {
                throw e;
            }
            nextLook = now.plus(LOOK_PAUSE);
            access.reload();
            return reconcileWithKnown(source);
        }
    }

    private TableSchema reconcileWithKnown(TableSchema source) {
        Optional<Table> table = access.table();
        int formatVersion = table.map(TableUtil::formatVersion).orElse(settings.formatVersion());
        TableSchema kept = FormatRule.kept(access.name(), formatVersion, source);
        if (table.isEmpty()) {
            Reconciliation.requireStorable(access.name(), kept);
            settings.partitions().spec(SchemaMapping.schema(kept));
            return kept;
        }
        return Reconciliation.of(access.name(), currentSchema(table.get()), kept)
                .target();
    }

    @Override
    public void stage(ChangeBatch batch) {
        try {
            Staging current = staging == null ? begin(batch.schema()) : staging;
            requireWhole(current);
            current.columns.add(batch.schema());
            RequiredValues.require(current.columns.written(), batch);
            current.write(batch);
        } catch (SinkException | RetriableSinkException | MalformedEventsException e) {
            throw e;
        } catch (IllegalArgumentException | UnsupportedOperationException | ClassCastException e) {
            // Neither the network nor the storage throws these: a property of the table is wrong, or this program.
            throw new SinkException("Cannot write rows for table '" + settings.table() + "': " + e.getMessage(), e);
        } catch (IOException | RuntimeException e) {
            throw failure("write rows for", e);
        }
    }

    /** {@inheritDoc} Everything that is staged is always due. */
    @Override
    public CommitResult commit(SourceOffsets reached) {
        return commitAll(reached);
    }

    @Override
    public CommitResult commitAll(SourceOffsets reached) {
        return staging == null || staging.files.isEmpty()
                ? CommitResult.complete(reached, 0)
                : publish(staging, reached);
    }

    /**
     * As {@link #commitAll}, but the offsets are recorded if there are no rows, too. Nothing is committed, and nothing said
     * to be, while there is no table.
     */
    CommitResult commitOffsets(SourceOffsets reached) {
        if (staging != null && !staging.files.isEmpty()) {
            return publish(staging, reached);
        }
        SourceOffsets moved = SourceOffsets.of(base).updatedWith(reached);
        Optional<Table> table = access.reload();
        if (table.isEmpty()) {
            return CommitResult.complete(SourceOffsets.none(), 0);
        }
        if (moved.equals(SourceOffsets.of(base))) {
            return CommitResult.complete(reached, 0);
        }
        return publish(new Staging(access.name(), table.get()), reached);
    }

    private CommitResult publish(Staging current, SourceOffsets reached) {
        requireWhole(current);
        long rows = current.files.rows();
        var request = new CommitRequest(
                access,
                SourceOffsets.of(base),
                reached,
                new CommitRequest.Content(complete(current), current.columns, SourceOffsets.of(current.first)));
        CommitRequest.Outcome outcome;
        try {
            outcome = committer.commit(request, clock, settings.commitTimeout());
        } finally {
            if (request.mayBePublished()) {
                current.files.mayBePublished();
            }
        }
        return switch (outcome) {
            case COMMITTED -> committed(current, reached, rows);
            case OVERTAKEN -> overtaken(reached);
            case SEALED -> throw failure("add to", new SideTableSealedException(access.name()));
        };
    }

    @Override
    public void discard() {
        if (staging != null) {
            staging.files.delete();
            staging = null;
        }
    }

    @Override
    public void close() {
        discard();
        base.clear();
    }

    private Staging begin(TableSchema columns) {
        Table table = access.loadOrCreate(columns);
        var fresh = new Staging(access.name(), table);
        staging = fresh;
        return fresh;
    }

    /** Files mix the rows of partitions, so that all of them are dropped or none. */
    private void dropStaged(Set<SourcePartition> partitions) {
        Staging current = staging;
        if (current == null || Collections.disjoint(current.partitions(), partitions)) {
            return;
        }
        if (!partitions.containsAll(current.partitions())) {
            throw failure(
                    "open partitions " + partitions + " of",
                    new IllegalStateException("rows of " + current.partitions()
                            + " are staged in the same files; all of them have to be read again"));
        }
        discard();
    }

    private void requireWhole(Staging current) {
        if (current.torn) {
            throw failure(
                    "go on with",
                    new IllegalStateException("writing its files failed before; the rows have to be read again"));
        }
    }

    private List<DataFile> complete(Staging current) {
        try {
            return current.complete();
        } catch (IOException | RuntimeException e) {
            throw failure("complete the files of", e);
        }
    }

    private CommitResult committed(Staging published, SourceOffsets reached, long rows) {
        staging = null;
        base.putAll(reached.asMap());
        lookAgain(published.columns);
        return CommitResult.complete(reached, rows);
    }

    /** Whether the table, as this task knows it, has the columns. It may be that another task has committed for us. */
    private boolean knows(ColumnChanges published) {
        return access.table()
                .filter(table -> table.schema().sameSchema(published.written()))
                .isPresent();
    }

    private void lookAgain(ColumnChanges published) {
        try {
            if (!knows(published)) {
                access.reload();
            }
        } catch (RetriableSinkException e) {
            // The rows are committed. With the next ones the table is looked at anyway.
            LOG.info("Cannot look at table {} after a commit", access.name(), e);
        }
    }

    /** The whole commit is dropped, so that the changes of all our partitions have to come again. */
    private CommitResult overtaken(SourceOffsets reached) {
        discard();
        Set<SourcePartition> ours = reached.asMap().keySet();
        SourceOffsets ledger = open(Set.copyOf(ours));
        return new CommitResult(ledger, ours, 0);
    }

    private org.apache.iceberg.Schema currentSchema(Table table) {
        return staging == null ? table.schema() : staging.columns.written();
    }

    private RetriableSinkException failure(String action, Exception cause) {
        return new RetriableSinkException(
                "Cannot " + action + " table '" + settings.table() + "': " + cause.getMessage(), cause);
    }
}
