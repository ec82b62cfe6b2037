package io.rowlake.sink.iceberg;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePartition;
import io.rowlake.sink.SinkException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;
import org.jspecify.annotations.Nullable;

/**
 * The offsets that a table has taken, as its commits recorded them: by topic and partition, the next one to read.
 *
 * <p>They stand in the summary of each snapshot that the connector made, so that they go back with a rollback and along
 * with a branch. Snapshots of others on top of it don't matter. Table properties have a copy, one for each branch, which
 * counts only if the snapshots that had the offsets have expired, and not on a table that was rolled back since; and where
 * each partition began, which counts after a rollback to before the partition's first commit.
 */
public final class IcebergLedger {

    static final String OFFSETS = "rowlake.offsets";
    static final String COMMIT_ID = "rowlake.commit.id";

    /** On the snapshot that ends a side table. */
    static final String SEALED = "rowlake.sealed";

    private static final ObjectMapper JSON = new ObjectMapper();

    private IcebergLedger() {}

    /**
     * What the table's branch, or main if none is given, has taken. None if the connector never wrote to it.
     *
     * @throws SinkException if nobody can tell, since the table was rolled back and the snapshots before have expired
     */
    public static SourceOffsets read(Table table, Optional<String> branch) {
        var noted = new LedgerProperties(table, branch);
        Snapshot oldest = null;
        for (Snapshot snapshot : ancestry(table, branch)) {
            String offsets = property(snapshot, OFFSETS);
            if (offsets != null) {
                return noted.begin().updatedWith(parse(table, offsets));
            }
            oldest = snapshot;
        }
        return oldest == null ? SourceOffsets.none() : beforeAllOf(oldest, noted, table);
    }

    /** What the branch has taken if no snapshot from this one on says it. */
    private static SourceOffsets beforeAllOf(Snapshot oldest, LedgerProperties noted, Table table) {
        boolean othersExpired = oldest.parentId() != null;
        if (!othersExpired || noted.isBeforeBegin(oldest.sequenceNumber())) {
            return noted.begin();
        }
        if (noted.isBeforeFloor(oldest.sequenceNumber())) {
            throw new SinkException(
                    "Cannot tell how far table '" + table.name() + "' has taken its topics: it was rolled"
                            + " back to before its latest offsets were recorded, and the snapshots that recorded earlier ones have"
                            + " expired. Set the table property " + noted.floorName()
                            + " to the offsets to go on from, as in {\"images\":{\"0\":17}}, and remove the property "
                            + noted.floorNumberName());
        }
        return noted.begin().updatedWith(noted.floor());
    }

    /** Whether a snapshot of the branch was made by the commit. */
    static boolean hasCommit(Table table, Optional<String> branch, String commitId) {
        for (Snapshot snapshot : ancestry(table, branch)) {
            if (commitId.equals(property(snapshot, COMMIT_ID))) {
                return true;
            }
        }
        return false;
    }

    /** Whether the newest of the snapshots that have offsets ends the table. */
    static boolean isSealed(Iterable<Snapshot> ancestry) {
        for (Snapshot snapshot : ancestry) {
            if (property(snapshot, OFFSETS) != null) {
                return property(snapshot, SEALED) != null;
            }
        }
        return false;
    }

    static Iterable<Snapshot> ancestry(Table table, Optional<String> branch) {
        Snapshot head = table.snapshot(branch.orElse(SnapshotRef.MAIN_BRANCH));
        Snapshot start = head == null ? table.currentSnapshot() : head;
        return start == null ? List.of() : SnapshotUtil.ancestorsOf(start.snapshotId(), table::snapshot);
    }

    private static @Nullable String property(Snapshot snapshot, String name) {
        // Snapshots of format version 1 need no summary.
        Map<String, String> summary = snapshot.summary();
        return summary == null ? null : summary.get(name);
    }

    static String text(SourceOffsets offsets) {
        Map<String, Map<Integer, Long>> byTopic = new TreeMap<>();
        offsets.asMap()
                .forEach((partition, next) -> byTopic.computeIfAbsent(partition.topic(), any -> new TreeMap<>())
                        .put(partition.partition(), next));
        try {
            return JSON.writeValueAsString(byTopic);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Offsets are text and numbers", e);
        }
    }

    /** Reads the text of {@link #text}; nothing for no text. */
    static SourceOffsets parse(Table table, @Nullable String text) {
        if (text == null) {
            return SourceOffsets.none();
        }
        try {
            Map<SourcePartition, Long> next = new HashMap<>();
            JSON.readValue(text, new TypeReference<Map<String, Map<Integer, Long>>>() {})
                    .forEach((topic, partitions) -> partitions.forEach(
                            (partition, offset) -> next.put(new SourcePartition(topic, partition), offset)));
            return SourceOffsets.of(next);
        } catch (JsonProcessingException e) {
            throw new SinkException(
                    "Cannot read the offsets of table '" + table.name() + "': " + OFFSETS + " is '" + text + "'", e);
        }
    }
}
