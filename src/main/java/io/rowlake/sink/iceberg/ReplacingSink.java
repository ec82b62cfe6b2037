package io.rowlake.sink.iceberg;

import io.rowlake.batch.ChangeBatch;
import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePartition;
import io.rowlake.event.TableName;
import io.rowlake.event.TableSchema;
import io.rowlake.sink.CommitResult;
import io.rowlake.sink.ExistingTarget;
import io.rowlake.sink.ExistingTarget.Action;
import io.rowlake.sink.RetriableSinkException;
import io.rowlake.sink.SinkException;
import io.rowlake.sink.TableSink;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A table that takes the place of one that somebody else has made. Rows gather in a {@link SideTable} until the source has
 * come to where it ended when the connector was started; then one commit puts them in the table's place, with their columns
 * and offsets, and later rows go to the table itself. Until then readers have the old table as it was.
 *
 * <p>Every step can be done again, by any task: a replacement goes on where a task that died has left it.
 */
final class ReplacingSink implements TableSink {

    private static final Logger LOG = LoggerFactory.getLogger(ReplacingSink.class);

    private final Supplier<Catalog> catalog;
    private final IcebergSettings settings;
    private final Function<IcebergSettings, TableCommitter> committers;
    private final InstantSource clock;
    private final TableIdentifier target;
    private final TableName sideName;
    private final TableIdentifier side;
    private final Set<SourcePartition> attached = new HashSet<>();
    private boolean hasBegun;
    private boolean hasReplaced;
    private @Nullable IcebergSink gathering;
    private @Nullable IcebergSink plain;

    /**
     * A sink that has asked nothing yet.
     *
     * @param committers the one that tasks share for the table and branch of settings
     */
    ReplacingSink(
            Supplier<Catalog> catalog,
            IcebergSettings settings,
            Function<IcebergSettings, TableCommitter> committers,
            InstantSource clock) {
        this.catalog = catalog;
        this.settings = settings;
        this.committers = committers;
        this.clock = clock;
        this.sideName = SideTable.name(settings.table(), settings.existing().owner());
        this.target = TableAccess.identifier(settings.table());
        this.side = TableAccess.identifier(sideName);
    }

    @Override
    public SourceOffsets open(Set<SourcePartition> partitions) {
        attached.addAll(partitions);
        begin();
        return current().open(partitions);
    }

    @Override
    public Optional<TableSchema> schema() {
        return known().schema();
    }

    @Override
    public TableSchema reconcile(TableSchema source) {
        return known().reconcile(source);
    }

    @Override
    public void stage(ChangeBatch batch) {
        if (plain != null) {
            plain.stage(batch);
            return;
        }
        try {
            gatheringSink().stage(batch);
        } catch (SinkException e) {
            throw unlessReplaced(e);
        }
    }

    @Override
    public CommitResult commit(SourceOffsets reached) {
        return commitAll(reached);
    }

    @Override
    public CommitResult commitAll(SourceOffsets reached) {
        if (plain != null) {
            return plain.commitAll(reached);
        }
        CommitResult result;
        try {
            result = gatheringSink().commitOffsets(reached);
        } catch (RetriableSinkException e) {
            if (!(e.getCause() instanceof SideTableSealedException)) {
                throw e;
            }
            return goOnWithTarget(reached);
        } catch (SinkException e) {
            if (!isReplaced()) {
                throw e;
            }
            return goOnWithTarget(reached);
        }
        if (result.overtaken().isEmpty() && replaceIfComplete()) {
            beginPlain();
        }
        return result;
    }

    @Override
    public void discard() {
        if (plain != null) {
            plain.discard();
        }
        if (gathering != null) {
            gathering.discard();
        }
    }

    @Override
    public void close() {
        if (plain != null) {
            plain.close();
        }
        if (gathering != null) {
            gathering.close();
        }
    }

    /** A run without a name goes on with nothing that it finds, so that what an earlier one has left is in the way. */
    private void begin() {
        if (!hasBegun && settings.existing().owner().isEmpty()) {
            attempt(() -> {
                SideTable.drop(catalog.get(), side, load(target));
                return true;
            });
        }
        hasBegun = true;
    }

    /** The sink that rows go to, as far as this task knows. */
    private IcebergSink known() {
        return plain == null ? gatheringSink() : plain;
    }

    /** The sink that rows go to now. */
    private IcebergSink current() {
        if (plain != null) {
            return plain;
        }
        return replaceIfComplete() ? beginPlain() : gatheringSink();
    }

    private IcebergSink gatheringSink() {
        if (gathering == null) {
            IcebergSettings beside = settings.with(
                    sideName,
                    new ExistingTarget(Action.APPEND, settings.existing().owner(), SourceOffsets.none()));
            gathering = new IcebergSink(
                    new TableAccess(catalog, beside, this::makeSide), beside, committers.apply(beside), clock);
        }
        return gathering;
    }

    private IcebergSink beginPlain() {
        IcebergSettings own = settings.with(
                settings.table(),
                new ExistingTarget(
                        hasReplaced ? Action.APPEND : Action.ERROR,
                        settings.existing().owner(),
                        SourceOffsets.none()));
        var sink = new IcebergSink(new TableAccess(catalog, own), own, committers.apply(own), clock);
        sink.open(attached);
        plain = sink;
        return sink;
    }

    /** What this task had gathered too late comes again. */
    private CommitResult goOnWithTarget(SourceOffsets reached) {
        if (gathering != null) {
            gathering.discard();
        }
        if (!replaceIfComplete()) {
            throw new RetriableSinkException(
                    "Cannot replace table '" + settings.table() + "' yet",
                    new IllegalStateException("its new rows are complete, but not in its place"));
        }
        Set<SourcePartition> ours = reached.asMap().keySet();
        return new CommitResult(beginPlain().open(Set.copyOf(ours)), ours, 0);
    }

    private Table makeSide(TableSchema columns) {
        Table replaced = load(target);
        if (replaced == null || isOwn(replaced)) {
            // Another task was faster to the end, or somebody has dropped the table.
            throw comeAgain();
        }
        return SideTable.create(catalog.get(), side, settings, columns, replaced);
    }

    private RuntimeException unlessReplaced(SinkException e) {
        return isReplaced() ? comeAgain() : e;
    }

    private RetriableSinkException comeAgain() {
        return new RetriableSinkException(
                "Table '" + settings.table() + "' was replaced meanwhile: the rows are read again",
                new IllegalStateException("another task has put the new rows in its place"));
    }

    private boolean isReplaced() {
        Table present = load(target);
        return present == null || isOwn(present);
    }

    /**
     * Goes as far with the replacement as it is ready for.
     *
     * @return whether the table is this connector's, so that rows go to it
     */
    private boolean replaceIfComplete() {
        return attempt(() -> {
            Table present = load(target);
            if (present == null || isOwn(present)) {
                SideTable.drop(catalog.get(), side, present);
                return true;
            }
            Table gathered = load(side);
            if (gathered == null) {
                return false;
            }
            if (!SideTable.isFor(gathered, present)) {
                LOG.warn("Table {} was to replace another table than {}, and is dropped", sideName, settings.table());
                SideTable.drop(catalog.get(), side, present);
                return false;
            }
            return SideTable.isComplete(gathered) && replace(gathered);
        });
    }

    private boolean attempt(BooleanSupplier step) {
        try {
            return step.getAsBoolean();
        } catch (SinkException | RetriableSinkException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new RetriableSinkException(
                    "Cannot replace table '" + settings.table() + "' for now: " + e.getMessage(), e);
        }
    }

    private boolean replace(Table gathered) {
        SideTable.seal(gathered);
        Table sealed = catalog.get().loadTable(side);
        new Swap(sealed, settings.existing().owner()).into(catalog.get().loadTable(target));
        LOG.info(
                "Replaced table {} by what has gathered in {}: {}",
                settings.table(),
                sideName,
                IcebergLedger.read(sealed, Optional.empty()));
        hasReplaced = true;
        SideTable.drop(catalog.get(), side, catalog.get().loadTable(target));
        return true;
    }

    private boolean isOwn(Table table) {
        String owner = settings.existing().owner();
        return !owner.isEmpty() && owner.equals(table.properties().get(TableOrigin.CONNECTOR));
    }

    private @Nullable Table load(TableIdentifier identifier) {
        return TableAccess.load(catalog.get(), identifier);
    }
}
