package io.rowlake.sink.iceberg;

import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePartition;
import io.rowlake.sink.RetriableSinkException;
import io.rowlake.sink.SinkException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.exceptions.NotAuthorizedException;
import org.apache.iceberg.exceptions.ValidationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One commit: data files, new columns and offsets become visible together, if the table's ledger stands for our partitions
 * where we saw it last.
 *
 * <p>Offsets of other partitions are carried forward. A validator makes the commit fail if the ledger is not the one they
 * were carried from; then everything is looked at again. After an answer of which the outcome is unclear, the commit's id is
 * looked for in the table's history before anything else.
 */
final class TableCommit {

    private static final Logger LOG = LoggerFactory.getLogger(TableCommit.class);
    private static final Duration PAUSE_MIN = Duration.ofMillis(50);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(5);

    private final TableAccess access;
    private final Optional<String> branch;
    private final SourceOffsets base;
    private final SourceOffsets reached;
    private final Content content;
    private final String id = UUID.randomUUID().toString();
    private boolean outcomeUnclear;

    /** What the commit adds to the table. */
    record Content(List<DataFile> files, ColumnChanges columns) {}

    /** How it ended. */
    enum Outcome {
        COMMITTED,
        /** Somebody else has moved our partitions: nothing of ours is published. */
        OVERTAKEN,
        /** It is a side table that has been put in another one's place: nothing of ours is published. */
        SEALED
    }

    TableCommit(
            TableAccess access, Optional<String> branch, SourceOffsets base, SourceOffsets reached, Content content) {
        this.access = access;
        this.branch = branch;
        this.base = base;
        this.reached = reached;
        this.content = content;
    }

    /**
     * Commits, and tries again as long as it makes sense.
     *
     * @throws RetriableSinkException if the time is up, or the files don't fit the table any more
     * @throws SinkException if the table is gone, or the catalog refuses
     */
    Outcome run(InstantSource clock, Duration timeout) {
        Instant deadline = clock.instant().plus(timeout);
        Duration pause = PAUSE_MIN;
        while (true) {
            try {
                return attempt();
            } catch (SinkException | RetriableSinkException e) {
                throw e;
            } catch (NotAuthorizedException | ForbiddenException | IllegalArgumentException e) {
                throw new SinkException("Cannot commit to table '" + access.name() + "': " + e.getMessage(), e);
            } catch (ValidationException | CommitFailedException e) {
                LOG.debug("Commit {} to {} met another one", id, access.name(), e);
                requireTime(clock, deadline, e);
            } catch (RuntimeException e) {
                // Refused, lost on the way there or lost on the way back: the next attempt finds out.
                LOG.info("Commit {} to {} has an unknown outcome: {}", id, access.name(), e.toString());
                requireTime(clock, deadline, e);
            }
            Pause.about(pause);
            pause = pause.multipliedBy(2).compareTo(PAUSE_MAX) < 0 ? pause.multipliedBy(2) : PAUSE_MAX;
        }
    }

    /** Whether an attempt may have gone through unnoticed, so that the files must stay whatever came of the others. */
    boolean isOutcomeUnclear() {
        return outcomeUnclear;
    }

    private Outcome attempt() {
        Table table = access.present();
        if (outcomeUnclear && IcebergLedger.hasCommit(table, branch, id)) {
            return Outcome.COMMITTED;
        }
        SourceOffsets ledger = IcebergLedger.read(table, branch);
        if (isOvertaken(ledger)) {
            return Outcome.OVERTAKEN;
        }
        if (IcebergLedger.isSealed(IcebergLedger.ancestry(table, branch))) {
            return Outcome.SEALED;
        }
        Optional<String> ledgerInHistory = IcebergLedger.newest(IcebergLedger.ancestry(table, branch));
        String offsets = IcebergLedger.text(ledger.updatedWith(reached));
        Transaction transaction = table.newTransaction();
        addColumns(table, transaction);
        AppendFiles append = transaction.newAppend();
        content.files().forEach(append::appendFile);
        append.set(IcebergLedger.OFFSETS, offsets).set(IcebergLedger.COMMIT_ID, id);
        append.validateWith(
                history -> IcebergLedger.newest(history).equals(ledgerInHistory) && !IcebergLedger.isSealed(history));
        branch.ifPresent(append::toBranch);
        append.commit();
        transaction
                .updateProperties()
                .set(IcebergLedger.floorProperty(branch), offsets)
                .commit();
        publish(transaction);
        return Outcome.COMMITTED;
    }

    private void publish(Transaction transaction) {
        boolean unclearBefore = outcomeUnclear;
        outcomeUnclear = true;
        try {
            transaction.commitTransaction();
        } catch (ValidationException | CommitFailedException e) {
            outcomeUnclear = unclearBefore;
            throw e;
        }
    }

    private void addColumns(Table table, Transaction transaction) {
        for (List<SchemaChange> changes : content.columns().missingFrom(table)) {
            UpdateSchema update = transaction.updateSchema();
            changes.forEach(change -> change.apply(update));
            update.commit();
        }
    }

    private boolean isOvertaken(SourceOffsets ledger) {
        for (SourcePartition partition : reached.asMap().keySet()) {
            OptionalLong seen = base.next(partition);
            if (!ledger.next(partition).equals(seen)) {
                return true;
            }
        }
        return false;
    }

    private void requireTime(InstantSource clock, Instant deadline, RuntimeException cause) {
        if (!clock.instant().isBefore(deadline)) {
            throw new RetriableSinkException(
                    "Cannot commit to table '" + access.name() + "' in time: " + cause.getMessage(), cause);
        }
    }
}
