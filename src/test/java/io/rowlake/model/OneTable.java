package io.rowlake.model;

import io.rowlake.batch.ChangeBatch;
import io.rowlake.decode.DecodeSettings;
import io.rowlake.decode.DecodeSettings.Deletes;
import io.rowlake.decode.DecodeSettings.EventFormat;
import io.rowlake.decode.DecodeSettings.FixedArrays;
import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePartition;
import io.rowlake.event.TableSchema;
import io.rowlake.pipeline.Routes;
import io.rowlake.pipeline.Shaping;
import io.rowlake.shape.ShapeSettings;
import io.rowlake.sink.CommitResult;
import io.rowlake.sink.TableSink;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The way of all records into one sink. */
record OneTable(TableSink sink) implements Routes {

    @Override
    public String table(String topic) {
        return topic;
    }

    @Override
    public TableSink sink(String table) {
        return new Ordered(sink);
    }

    @Override
    public DecodeSettings decoding(String topic) {
        return new DecodeSettings(EventFormat.ROW, Deletes.IGNORE, FixedArrays.LIST, Optional.empty());
    }

    @Override
    public Shaping shaping(String topic) {
        return new Shaping(Optional.empty(), ShapeSettings.plain());
    }

    @Override
    public void close() {
        // The store outlives the task.
    }

    /** Has partitions opened in their order, since that of an immutable set differs from one JVM to the next. */
    private record Ordered(TableSink sink) implements TableSink {

        @Override
        public SourceOffsets open(Set<SourcePartition> partitions) {
            return sink.open(new TreeSet<>(partitions));
        }

        @Override
        public Optional<TableSchema> schema() {
            return sink.schema();
        }

        @Override
        public TableSchema reconcile(TableSchema source) {
            return sink.reconcile(source);
        }

        @Override
        public void stage(ChangeBatch batch) {
            sink.stage(batch);
        }

        @Override
        public CommitResult commit(SourceOffsets reached) {
            return sink.commit(reached);
        }

        @Override
        public CommitResult commitAll(SourceOffsets reached) {
            return sink.commitAll(reached);
        }

        @Override
        public void discard() {
            sink.discard();
        }

        @Override
        public void close() {
            sink.close();
        }
    }
}
