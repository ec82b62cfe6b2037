package io.rowlake.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rowlake.batch.BatchMemory;
import io.rowlake.decode.DecodeSettings;
import io.rowlake.decode.DecodeSettings.Deletes;
import io.rowlake.decode.DecodeSettings.EventFormat;
import io.rowlake.decode.DecodeSettings.FixedArrays;
import io.rowlake.decode.Payload;
import io.rowlake.decode.RawRecord;
import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePartition;
import io.rowlake.event.SourcePosition;
import io.rowlake.pipeline.PipelineParts.SchemaConflicts;
import io.rowlake.shape.ShapeSettings;
import io.rowlake.sink.TableSink;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * One task with one sink, and a consumer that does what the task asks. A record of partition p at offset n is the row of
 * which {@code id} is 1000 p + n.
 */
public final class ScriptedTask implements SourceControl, AutoCloseable {

    private static final long IDS_A_PARTITION = 1_000;
    private static final Duration LONG = Duration.ofDays(365);

    private final BatchMemory memory = new BatchMemory();
    private final Map<SourcePartition, Long> consumer = new TreeMap<>();
    private final Map<SourcePartition, Long> rewinds = new TreeMap<>();
    private final Set<SourcePartition> paused = new HashSet<>();
    private final SinkPipeline pipeline;
    private Instant now = Instant.EPOCH;

    /** A task that owns nothing yet. */
    public ScriptedTask(TableSink sink) {
        var policy = new FlushPolicy(1 << 20, 1_000, LONG, Duration.ofSeconds(1), LONG.multipliedBy(10), LONG, 1);
        pipeline = new SinkPipeline(
                new PipelineParts(
                        new ToOneTable(sink),
                        policy,
                        new BrokenTables(BrokenTables.Action.FAIL, LONG),
                        SchemaConflicts.REJECT,
                        this,
                        () -> now,
                        new PipelineCounters()),
                memory);
    }

    /** The row of a record. */
    public static long id(SourcePartition partition, long offset) {
        return IDS_A_PARTITION * partition.partition() + offset;
    }

    /** Becomes the owner, of which Kafka says that it reads from the start. */
    public void open(SourcePartition... partitions) {
        List.of(partitions).forEach(partition -> consumer.put(partition, 0L));
        pipeline.open(List.of(partitions));
    }

    /** Delivers, and publishes, the records before {@code end}, until all of them are in the destination. */
    public void deliverUntilDone(long end) {
        for (int attempt = 0; attempt < 5 && !hasCommitted(end); attempt++) {
            deliver(end);
            pipeline.publish();
        }
    }

    /** Delivers the records before {@code end}, as far as the task lets it. */
    public void deliver(long end) {
        now = now.plusSeconds(2);
        pipeline.tick();
        consumer.putAll(rewinds);
        rewinds.clear();
        pipeline.deliveryBegins();
        consumer.replaceAll((partition, from) -> paused.contains(partition) ? from : deliver(partition, from, end));
        pipeline.tick();
    }

    /** Commits all that was accepted. */
    public void publish() {
        pipeline.publish();
    }

    /** Kafka takes the partitions away. */
    public void giveUp(SourcePartition... partitions) {
        pipeline.close(List.of(partitions));
        List.of(partitions).forEach(consumer::remove);
    }

    /** What Kafka is told. */
    public SourceOffsets committed() {
        return pipeline.committed();
    }

    private boolean hasCommitted(long end) {
        SourceOffsets committed = committed();
        return consumer.keySet().stream()
                .allMatch(partition -> committed.next(partition).orElse(0) >= end);
    }

    private long deliver(SourcePartition partition, long from, long end) {
        for (long offset = from; offset < end; offset++) {
            var json = "{\"id\":" + id(partition, offset) + "}";
            pipeline.accept(new RawRecord(
                    partition.topic(),
                    new SourcePosition(partition, offset),
                    0,
                    Payload.Absent.ABSENT,
                    new Payload.JsonBytes(json.getBytes(UTF_8))));
        }
        return Math.max(from, end);
    }

    @Override
    public void rewind(SourcePartition partition, long offset) {
        rewinds.put(partition, offset);
    }

    @Override
    public void pause(Set<SourcePartition> partitions) {
        paused.addAll(partitions);
    }

    @Override
    public void resume(Set<SourcePartition> partitions) {
        paused.removeAll(partitions);
    }

    @Override
    public void requestCommit() {
        // Nobody here waits for it.
    }

    @Override
    public void close() {
        pipeline.close();
        memory.close();
    }

    private record ToOneTable(TableSink only) implements Routes {

        @Override
        public String table(String topic) {
            return topic;
        }

        @Override
        public TableSink sink(String table) {
            return only;
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
            // The sink is closed by the pipeline.
        }
    }
}
