package io.rowlake.sink.file;

import io.rowlake.batch.ChangeBatch;
import io.rowlake.event.MalformedEventException;
import io.rowlake.event.MalformedEventsException;
import io.rowlake.event.SourcePartition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The rows of one batch, each with the files of its partition. */
final class BatchRows {

    /** As many as are kept in mind until they are read again. */
    private static final int BAD_ROWS_MAX = 1_000;

    private final ChangeBatch batch;
    private final Function<SourcePartition, PartitionFiles> opened;
    private final Map<SourcePartition, Target> targets = new HashMap<>();
    private @Nullable SourcePartition partition;
    private @Nullable Target target;

    BatchRows(ChangeBatch batch, Function<SourcePartition, PartitionFiles> opened) {
        this.batch = batch;
        this.opened = opened;
    }

    /** Where rows of a partition go, and in which form. */
    record Target(PartitionFiles files, PartitionRows rows) {}

    /**
     * Looks whether the files can hold every row.
     *
     * @throws MalformedEventsException if not; it has all rows that they can't, up to as many as one batch may report
     */
    void requireFit() {
        List<MalformedEventException> bad = new ArrayList<>();
        for (int row = 0; row < batch.rows() && bad.size() < BAD_ROWS_MAX; row++) {
            if (batch.operation(row).hasAfterImage()) {
                target(row).rows().encoded().misfit(row).ifPresent(bad::add);
            }
        }
        if (!bad.isEmpty()) {
            throw new MalformedEventsException(bad);
        }
    }

    /** Where a row goes. */
    Target target(int row) {
        Target same = target;
        SourcePartition wanted = batch.partition(row);
        // Rows of one partition mostly come in a run.
        if (same != null && wanted.equals(partition)) {
            return same;
        }
        Target found = targets.computeIfAbsent(wanted, this::bind);
        partition = wanted;
        target = found;
        return found;
    }

    private Target bind(SourcePartition bound) {
        PartitionFiles files = opened.apply(bound);
        return new Target(files, files.bind(batch));
    }
}
