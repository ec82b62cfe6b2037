package io.rowlake.sink.iceberg;

import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePartition;
import io.rowlake.sink.RetriableSinkException;
import io.rowlake.sink.SinkException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.UpdateProperties;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.ValidationException;
import org.jspecify.annotations.Nullable;

/** Offsets of a table that a person changes, by a commit without rows, while no task writes to it. */
public final class LedgerEdit {

    private final TableAccess access;
    private final Optional<String> branch;

    LedgerEdit(TableAccess access, Optional<String> branch) {
        this.access = access;
        this.branch = branch;
    }

    /** What the table has of the partitions, nothing if there is no table. */
    public SourceOffsets offsets(Set<SourcePartition> partitions) {
        return access.reload()
                .map(table -> IcebergLedger.read(table, branch).of(partitions))
                .orElse(SourceOffsets.none());
    }

    /**
     * Has the table go on from other offsets.
     *
     * @param seen what it had of all partitions that are changed
     * @param changed where they go on; those that are missing are forgotten, so that Kafka's own offsets count
     * @throws SinkException if the table has moved since
     * @throws RetriableSinkException if the catalog fails
     */
    public void change(SourceOffsets seen, SourceOffsets changed) {
        try {
            commit(access.present(), seen, changed);
        } catch (SinkException | RetriableSinkException e) {
            throw e;
        } catch (ValidationException | CommitFailedException e) {
            throw moved(e);
        } catch (RuntimeException e) {
            throw new RetriableSinkException(
                    "Cannot change the offsets of table '" + access.name() + "': " + e.getMessage(), e);
        }
    }

    private void commit(Table table, SourceOffsets seen, SourceOffsets changed) {
        SourceOffsets ledger = IcebergLedger.read(table, branch);
        if (!ledger.of(seen.asMap().keySet()).equals(seen)) {
            throw moved(null);
        }
        var noted = new LedgerProperties(table, branch);
        SourceOffsets offsets = replaced(ledger, seen, changed);
        LedgerLook before = LedgerLook.at(table, branch);
        Transaction transaction = table.newTransaction();
        AppendFiles append = transaction.newAppend();
        append.set(IcebergLedger.OFFSETS, IcebergLedger.text(offsets))
                .set(IcebergLedger.COMMIT_ID, UUID.randomUUID().toString())
                .validateWith(history -> before.stands(transaction, branch));
        branch.ifPresent(append::toBranch);
        append.commit();
        UpdateProperties update = transaction.updateProperties();
        noted.with(transaction.table(), offsets, begin(noted.begin(), seen, changed))
                .forEach(update::set);
        update.commit();
        transaction.commitTransaction();
    }

    private static SourceOffsets replaced(SourceOffsets all, SourceOffsets seen, SourceOffsets changed) {
        Map<SourcePartition, Long> offsets = new TreeMap<>(all.asMap());
        offsets.keySet().removeAll(seen.asMap().keySet());
        offsets.putAll(changed.asMap());
        return SourceOffsets.of(offsets);
    }

    /** Who goes back to before the begin begins there, and who is forgotten begins anew. */
    private static SourceOffsets begin(SourceOffsets begin, SourceOffsets seen, SourceOffsets changed) {
        Map<SourcePartition, Long> offsets = new TreeMap<>(begin.asMap());
        for (SourcePartition partition : seen.asMap().keySet()) {
            offsets.computeIfPresent(
                    partition,
                    (any, first) -> changed.next(partition).isPresent()
                            ? Long.valueOf(
                                    Math.min(first, changed.next(partition).getAsLong()))
                            : null);
        }
        return SourceOffsets.of(offsets);
    }

    private SinkException moved(@Nullable Exception cause) {
        String message = "Cannot change the offsets of table '" + access.name()
                + "': another commit came at the same time. See that no connector writes to it, and try again";
        return cause == null ? new SinkException(message) : new SinkException(message, cause);
    }
}
