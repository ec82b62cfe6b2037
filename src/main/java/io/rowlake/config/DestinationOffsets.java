package io.rowlake.config;

import io.rowlake.config.SinkOptions.OffsetsReset;
import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePartition;
import io.rowlake.pipeline.Routes;
import io.rowlake.sink.ExistingTarget.Action;
import io.rowlake.sink.SinkException;
import io.rowlake.sink.TableSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * The offsets that the destinations of a connector have, for a person who wants others. What can be done exactly is done;
 * everything else is refused, with the reason, before anything is changed.
 */
public final class DestinationOffsets implements AutoCloseable {

    private final Routes routes;
    private final OptionValues values;

    DestinationOffsets(Routes routes, OptionValues values) {
        this.routes = routes;
        this.values = values;
    }

    /** A table's part of a change: what it has of the partitions that change, and where they are to go on. */
    private record TableChange(String table, SourceOffsets seen, SourceOffsets changed) {}

    /**
     * Has the destinations go on from other offsets. Where a destination knows nothing of a partition there is nothing to do:
     * Kafka's own offset counts.
     *
     * @param wanted by partition, the next offset to read, or nothing where it is to be forgotten
     * @throws SinkException if it can't be done
     */
    public void change(Map<SourcePartition, OptionalLong> wanted) {
        Map<String, Map<SourcePartition, OptionalLong>> byTable = new TreeMap<>();
        wanted.forEach(
                (partition, offset) -> byTable.computeIfAbsent(routes.table(partition.topic()), any -> new TreeMap<>())
                        .put(partition, offset));
        List<TableChange> changes = new ArrayList<>();
        byTable.forEach((table, ofTable) -> changes.add(planned(table, ofTable)));
        for (TableChange change : changes) {
            if (!change.seen().isEmpty() && routes instanceof IcebergRoutes iceberg) {
                iceberg.ledger(change.table()).change(change.seen(), change.changed());
            }
        }
    }

    private TableChange planned(String table, Map<SourcePartition, OptionalLong> wanted) {
        Map<SourcePartition, Long> seen =
                new TreeMap<>(known(table, wanted.keySet()).asMap());
        seen.entrySet().removeIf(entry -> OptionalLong.of(entry.getValue()).equals(wanted.get(entry.getKey())));
        Map<SourcePartition, Long> changed = new TreeMap<>();
        seen.forEach((partition, offset) -> {
            OptionalLong next = wanted.getOrDefault(partition, OptionalLong.empty());
            requirePossible(table, partition, offset, next);
            next.ifPresent(value -> changed.put(partition, value));
        });
        return new TableChange(table, SourceOffsets.of(seen), SourceOffsets.of(changed));
    }

    private SourceOffsets known(String table, Set<SourcePartition> partitions) {
        if (routes instanceof IcebergRoutes iceberg && !isReplacing()) {
            return iceberg.ledger(table).offsets(partitions);
        }
        try (TableSink sink = routes.sink(table)) {
            return sink.open(partitions);
        }
    }

    private void requirePossible(String table, SourcePartition partition, long has, OptionalLong wanted) {
        String change = wanted.isPresent()
                ? "set the offset of " + partition + " to " + wanted.getAsLong()
                : "reset the offset of " + partition;
        String fact = "Cannot " + change + ": '" + table + "' has it up to offset " + has
                + ", and the connector goes on where its destination stands. ";
        if (!(routes instanceof IcebergRoutes)) {
            throw new SinkException(fact + "Files can't be told otherwise: choose another files.directory");
        }
        if (isReplacing()) {
            throw new SinkException(fact + "With iceberg.if.exists=replace it can't be changed");
        }
        boolean isBackward = wanted.isEmpty() || wanted.getAsLong() < has;
        if (isBackward && values.choice(SinkOptions.OFFSETS_RESET, OffsetsReset.class) == OffsetsReset.REFUSE) {
            throw new SinkException(fact + "Rows that it has would be written twice. To read them again, roll the table"
                    + " back to a snapshot before them: the offsets go back with it. To go back without that, after"
                    + " removing the rows or with a topic that was created anew, set " + SinkOptions.OFFSETS_RESET
                    + "=allow in the connector's configuration first");
        }
    }

    private boolean isReplacing() {
        return values.choice(SinkOptions.ICEBERG_IF_EXISTS, Action.class) == Action.REPLACE;
    }

    @Override
    public void close() {
        routes.close();
    }
}
