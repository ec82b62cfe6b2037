package io.rowlake.decode;

import io.rowlake.batch.BatchBuilder;
import io.rowlake.batch.BatchMemory;
import io.rowlake.batch.ChangeBatch;
import io.rowlake.event.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gives a batch for each schema, and keeps the rows of all of them in order. */
final class RecordingTarget implements RowTarget, AutoCloseable {

    private final BatchMemory memory = new BatchMemory();
    private final Optional<TableSchema> destination;
    private final long bytesMax;
    private final List<String> rows = new ArrayList<>();
    private final List<TableSchema> schemas = new ArrayList<>();
    private @Nullable BatchBuilder builder;

    RecordingTarget(Optional<TableSchema> destination, long bytesMax) {
        this.destination = destination;
        this.bytesMax = bytesMax;
    }

    static RecordingTarget unbounded() {
        return new RecordingTarget(Optional.empty(), Long.MAX_VALUE);
    }

    @Override
    public Optional<TableSchema> destination() {
        return destination;
    }

    @Override
    public BatchBuilder batch(TableSchema source, Completeness completeness) {
        if (builder == null || !schemas.get(schemas.size() - 1).equals(source)) {
            finishBatch();
            schemas.add(source);
            builder = new BatchBuilder(memory, offered(source), bytesMax);
        }
        return builder;
    }

    /** As a pipeline does: columns of the destination keep their type. */
    private TableSchema offered(TableSchema source) {
        return destination
                .filter(table -> table.columns().containsAll(source.columns()))
                .orElse(source);
    }

    /** Builds the batch, as is done when it is full; the next one is a new one. */
    void finishBatch() {
        BatchBuilder full = builder;
        builder = null;
        if (full == null) {
            return;
        }
        if (full.rows() == 0) {
            full.close();
            return;
        }
        try (ChangeBatch batch = full.build()) {
            for (int row = 0; row < batch.rows(); row++) {
                rows.add(RowText.of(batch, row));
            }
        }
    }

    /** All rows so far, as JSON. */
    List<String> rows() {
        finishBatch();
        return rows;
    }

    /** The schemas that batches were asked for, each time it changed. */
    List<TableSchema> schemas() {
        return schemas;
    }

    @Override
    public void close() {
        finishBatch();
        memory.close();
    }
}
