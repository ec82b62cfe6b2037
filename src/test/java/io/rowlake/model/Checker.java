package io.rowlake.model;

import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePartition;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/** What has to hold after every step. */
final class Checker {

    private final Destination destination;
    private final Broker broker;
    private SourceOffsets ledger = SourceOffsets.none();
    private Set<String> files = Set.of();
    private long version;
    private boolean rolledBack;

    Checker(Destination destination, Broker broker) {
        this.destination = destination;
        this.broker = broker;
    }

    /** Offsets have gone back, as they may if somebody wants it so. */
    void rolledBack() {
        rolledBack = true;
        ledger = SourceOffsets.none();
        files = Set.of();
    }

    boolean wasRolledBack() {
        return rolledBack;
    }

    /** The rows are those before the ledger's offsets, each once and in order; the ledger has not gone back, and no file is gone. */
    void checkDestination() {
        if (destination.version() == version) {
            return;
        }
        version = destination.version();
        SourceOffsets now = destination.ledger();
        Map<SourcePartition, List<Long>> rows = destination.rows();
        for (SourcePartition partition : broker.partitions()) {
            long end = now.next(partition).orElse(0);
            List<Long> expected = LongStream.range(0, end).boxed().toList();
            List<Long> found = rows.getOrDefault(partition, List.of());
            if (!found.equals(expected)) {
                throw new Violation("The ledger says " + end + " for " + partition + ", but the rows are " + found);
            }
            if (end < ledger.next(partition).orElse(0)) {
                throw new Violation("The ledger went back from " + ledger + " to " + now);
            }
        }
        ledger = now;
        checkFiles();
    }

    private void checkFiles() {
        Set<String> visible = destination.files();
        if (!visible.containsAll(files)) {
            throw new Violation("Of the files " + files + " only these are left: " + visible);
        }
        files = visible;
    }

    /** Kafka has not been told of more than the ledger has. */
    void checkGroup() {
        for (SourcePartition partition : broker.partitions()) {
            long known = destination.ledger().next(partition).orElse(0);
            if (!rolledBack && broker.committed(partition) > known) {
                throw new Violation("Kafka was told " + broker.committed(partition) + " for " + partition
                        + ", but the ledger says " + known);
            }
        }
    }

    /** Whether every record is in the destination, and Kafka knows. */
    boolean isComplete() {
        SourceOffsets now = destination.ledger();
        return broker.partitions().stream()
                .allMatch(partition -> now.next(partition).orElse(0) == broker.end(partition)
                        && broker.committed(partition) == broker.end(partition));
    }
}
