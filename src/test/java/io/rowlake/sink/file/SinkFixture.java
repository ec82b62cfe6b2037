package io.rowlake.sink.file;

import io.rowlake.batch.BatchMemory;
import io.rowlake.batch.Batches;
import io.rowlake.batch.ChangeBatch;
import io.rowlake.event.Column;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.Operation;
import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePartition;
import io.rowlake.event.SourcePosition;
import io.rowlake.event.TableSchema;
import io.rowlake.sink.ExistingTarget;
import io.rowlake.sink.ExistingTarget.Action;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** A sink of one partition, whose rows are their own offset, and a clock to turn on. */
final class SinkFixture implements AutoCloseable {

    static final SourcePartition IMAGES = new SourcePartition("images", 0);
    static final TableSchema ID = new TableSchema(List.of(new Column("id", Scalar.LONG)), List.of());

    private final BatchMemory memory = new BatchMemory();
    private final FileSettings settings;
    private Instant now = Instant.EPOCH;

    SinkFixture(FileSettings settings) {
        this.settings = settings;
    }

    static FileSettings rolling(Path directory, FormatSettings format, RollSettings roll) {
        return settings(directory, format, roll, new ExistingTarget(Action.APPEND, "", SourceOffsets.none()));
    }

    static FileSettings settings(Path directory, FormatSettings format, RollSettings roll, ExistingTarget existing) {
        return new FileSettings(
                directory,
                format,
                BinaryEncoding.EXCLUDE,
                Compression.NONE,
                roll,
                "lake/0/" + UUID.randomUUID(),
                existing);
    }

    void advance(Duration duration) {
        now = now.plus(duration);
    }

    FileSink opened() {
        return opened(IMAGES);
    }

    FileSink opened(SourcePartition... partitions) {
        FileSink sink = new FileSink(settings, () -> now);
        sink.open(Set.of(partitions));
        return sink;
    }

    FileSink opened(FileStore store) {
        FileSink sink = new FileSink(settings, () -> now, store);
        sink.open(Set.of(IMAGES));
        return sink;
    }

    void stage(FileSink sink, long... offsets) {
        stage(sink, ID, offsets);
    }

    void stage(FileSink sink, TableSchema schema, long... offsets) {
        stage(sink, schema, IMAGES, offsets);
    }

    void stage(FileSink sink, SourcePartition partition, long... offsets) {
        stage(sink, ID, partition, offsets);
    }

    private void stage(FileSink sink, TableSchema schema, SourcePartition partition, long... offsets) {
        Batches rows = Batches.of(memory, schema);
        for (long offset : offsets) {
            rows.row(new SourcePosition(partition, offset), Operation.CREATE, offset);
        }
        try (ChangeBatch batch = rows.build()) {
            sink.stage(batch);
        }
    }

    @Override
    public void close() {
        memory.close();
    }
}
