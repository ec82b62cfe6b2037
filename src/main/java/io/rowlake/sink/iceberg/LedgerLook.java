package io.rowlake.sink.iceberg;

import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;

/**
 * All that the ledger of a branch depends on, at one moment. A commit goes through only if it is still the same then:
 * Iceberg puts a commit on top of whatever came in between, but the offsets that it carries, and the number that it notes
 * beside them, are those of the moment when it was made.
 *
 * @param head the branch's newest snapshot
 * @param sequence the number of the table's newest commit, whichever branch it is on
 * @param noted the ledger's properties
 */
record LedgerLook(Optional<Long> head, long sequence, Map<String, String> noted) {

    static LedgerLook at(Table table, Optional<String> branch) {
        return new LedgerLook(
                Optional.ofNullable(table.snapshot(branch.orElse(SnapshotRef.MAIN_BRANCH)))
                        .map(Snapshot::snapshotId),
                ((HasTableOperations) table).operations().current().lastSequenceNumber(),
                new LedgerProperties(table, branch).asMap());
    }

    /** Whether a transaction that is about to add its snapshot, be it the first time or again, sees the same. */
    boolean stands(Transaction transaction, Optional<String> branch) {
        return equals(at(transaction.table(), branch));
    }
}
