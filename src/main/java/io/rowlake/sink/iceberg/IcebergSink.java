package io.rowlake.sink.iceberg;

import io.rowlake.batch.ChangeBatch;
import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePartition;
import io.rowlake.event.TableSchema;
import io.rowlake.sink.CommitResult;
import io.rowlake.sink.RetriableSinkException;
import io.rowlake.sink.SinkException;
import io.rowlake.sink.TableSink;
import java.io.IOException;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
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

    private final TableAccess access;
    private final IcebergSettings settings;
    private final InstantSource clock;
    private final Map<SourcePartition, Long> base = new TreeMap<>();
    private final Set<SourcePartition> opened = new HashSet<>();
    private @Nullable Staging staging;

    IcebergSink(Supplier<Catalog> catalog, IcebergSettings settings, InstantSource clock) {
        this.access = new TableAccess(catalog, settings);
        this.settings = settings;
        this.clock = clock;
    }

    /** Files of one table as it was when the first of them was begun. */
    private record Staging(Table table, StagedFiles files, ColumnChanges columns) {}

    @Override
    public SourceOffsets open(Set<SourcePartition> partitions) {
        if (staging != null && opened.stream().anyMatch(partitions::contains)) {
            discard();
        }
        SourceOffsets ledger = access.reload()
                .map(table -> IcebergLedger.read(table, settings.branch()))
                .orElse(SourceOffsets.none());
        opened.addAll(partitions);
        partitions.forEach(base::remove);
        SourceOffsets known = ledger.of(partitions);
        base.putAll(known.asMap());
        return known;
    }

    @Override
    public Optional<TableSchema> schema() {
        return access.table().map(table -> SchemaMapping.columns(table.schema()));
    }

    @Override
    public TableSchema reconcile(TableSchema source) {
        Optional<Table> table = access.table();
        if (table.isEmpty()) {
            Reconciliation.requireDistinctWhenFolded(settings.table().toString(), source);
            settings.partitions().spec(SchemaMapping.schema(source));
            return source;
        }
        return Reconciliation.of(settings.table().toString(), currentSchema(table.get()), source)
                .target();
    }

    @Override
    public void stage(ChangeBatch batch) {
        Staging current = staging == null ? begin(batch.schema()) : staging;
        current.columns().add(current.table(), batch.schema());
        try {
            current.files().write(batch, current.columns().written());
        } catch (IOException e) {
            throw failure("write rows for", e);
        } catch (SinkException e) {
            throw e;
        } catch (RuntimeException e) {
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
        Staging current = staging;
        if (current == null || current.files().isEmpty()) {
            return CommitResult.complete(reached, 0);
        }
        long rows = current.files().rows();
        TableCommit commit = new TableCommit(
                current.table(),
                settings.branch(),
                SourceOffsets.of(base),
                reached,
                new TableCommit.Content(complete(current), current.columns()));
        TableCommit.Outcome outcome;
        try {
            outcome = commit.run(clock, settings.commitTimeout());
        } catch (RuntimeException e) {
            // The commit may have gone through all the same, so the files have to stay.
            current.files().forget();
            throw e;
        }
        return switch (outcome) {
            case COMMITTED -> committed(current, reached, rows);
            case OVERTAKEN -> overtaken(reached);
        };
    }

    @Override
    public void discard() {
        if (staging != null) {
            staging.files().delete();
            staging = null;
        }
    }

    @Override
    public void close() {
        discard();
        opened.clear();
        base.clear();
    }

    private Staging begin(TableSchema columns) {
        Table table = access.loadOrCreate(columns);
        var fresh = new Staging(table, new StagedFiles(table), new ColumnChanges(table));
        if (!Reconciliation.of(settings.table().toString(), table.schema(), columns)
                .target()
                .equals(columns)) {
            throw failure(
                    "write rows for",
                    new IllegalStateException(
                            "Somebody else has created it with other types: the rows are read again"));
        }
        staging = fresh;
        return fresh;
    }

    private List<DataFile> complete(Staging current) {
        try {
            return current.files().complete();
        } catch (IOException | RuntimeException e) {
            throw failure("complete the files of", e);
        }
    }

    private CommitResult committed(Staging current, SourceOffsets reached, long rows) {
        current.files().forget();
        staging = null;
        base.putAll(reached.asMap());
        return CommitResult.complete(reached, rows);
    }

    /** The whole commit is dropped, so that the changes of all our partitions have to come again. */
    private CommitResult overtaken(SourceOffsets reached) {
        discard();
        Set<SourcePartition> ours = reached.asMap().keySet();
        SourceOffsets ledger = open(Set.copyOf(ours));
        LOG.warn("Table {} was moved to {} by another task", settings.table(), ledger);
        return new CommitResult(ledger, ours, 0);
    }

    private org.apache.iceberg.Schema currentSchema(Table table) {
        return staging == null
                ? table.schema()
                : Objects.requireNonNull(staging).columns().written();
    }

    private RetriableSinkException failure(String action, Exception cause) {
        return new RetriableSinkException(
                "Cannot " + action + " table '" + settings.table() + "': " + cause.getMessage(), cause);
    }
}
