package io.rowlake.sink.iceberg;

import io.rowlake.event.SourceOffsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.jspecify.annotations.Nullable;

/**
 * What a table notes of a branch's ledger in its properties, which stay when snapshots expire, and don't go back with a
 * rollback: the floor, which is a copy of the newest offsets, and where each partition began. Beside each stands the number
 * of the commit that it belongs to, as Iceberg counts them, so that a rollback to before it shows.
 */
final class LedgerProperties {

    static final String FLOOR = "rowlake.offsets.floor";
    private static final String FLOOR_NUMBER = "rowlake.floor.sequence";
    private static final String BEGIN = "rowlake.offsets.begin";
    private static final String BEGIN_NUMBER = "rowlake.begin.sequence";

    /** Of snapshots of format version 1. */
    private static final long NO_NUMBER = 0;

    private final Table table;
    private final Optional<String> branch;
    private final String suffix;

    /** A branch that isn't there yet begins where main is, so what is noted of main counts for it. */
    LedgerProperties(Table table, Optional<String> branch) {
        this.table = table;
        this.branch = branch;
        this.suffix = branch.filter(name -> table.refs().containsKey(name))
                .filter(name -> !name.equals(SnapshotRef.MAIN_BRANCH))
                .map(name -> "." + name)
                .orElse("");
    }

    /** The names of those of the main branch. */
    static Set<String> namesOfMain() {
        return Set.of(FLOOR, FLOOR_NUMBER, BEGIN, BEGIN_NUMBER);
    }

    /** The name of the floor. */
    String floorName() {
        return name(FLOOR);
    }

    /** The name of the number of the commit that the floor belongs to. */
    String floorNumberName() {
        return name(FLOOR_NUMBER);
    }

    /** Those that are there, as they stand. */
    Map<String, String> asMap() {
        Map<String, String> properties = new HashMap<>();
        for (String property : namesOfMain()) {
            String value = value(property);
            if (value != null) {
                properties.put(name(property), value);
            }
        }
        return properties;
    }

    SourceOffsets floor() {
        return IcebergLedger.parse(table, value(FLOOR));
    }

    /** By partition, the first offset that the table took. Nothing for those that versions without this note began. */
    SourceOffsets begin() {
        return IcebergLedger.parse(table, value(BEGIN));
    }

    /** Whether a commit of this number came before the one that the floor belongs to. */
    boolean isBeforeFloor(long number) {
        return isBefore(number, value(FLOOR_NUMBER));
    }

    /** Whether a commit of this number came before the first one that recorded offsets. */
    boolean isBeforeBegin(long number) {
        return isBefore(number, value(BEGIN_NUMBER));
    }

    /**
     * What is to be set with a commit.
     *
     * @param committed the table with the commit as the newest one of the branch
     * @param offsets what it records
     * @param begin where each partition began
     */
    Map<String, String> with(Table committed, SourceOffsets offsets, SourceOffsets begin) {
        var after = new LedgerProperties(committed, branch);
        String number = String.valueOf(after.newest().sequenceNumber());
        Map<String, String> properties = new HashMap<>();
        properties.put(after.floorName(), IcebergLedger.text(offsets));
        properties.put(after.floorNumberName(), number);
        if (!begin.equals(after.begin())) {
            String first = value(BEGIN_NUMBER);
            properties.put(after.name(BEGIN), IcebergLedger.text(begin));
            properties.put(after.name(BEGIN_NUMBER), first == null ? number : first);
        }
        return properties;
    }

    private Snapshot newest() {
        return Objects.requireNonNull(
                table.snapshot(branch.orElse(SnapshotRef.MAIN_BRANCH)), "A commit leaves a snapshot on its branch");
    }

    private @Nullable String value(String property) {
        return table.properties().get(name(property));
    }

    private String name(String property) {
        return property + suffix;
    }

    private static boolean isBefore(long number, @Nullable String noted) {
        return noted != null && number != NO_NUMBER && number < Long.parseLong(noted);
    }
}
