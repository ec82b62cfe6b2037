package io.rowlake.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rowlake.batch.BatchBuilder;
import io.rowlake.batch.BatchMemory;
import io.rowlake.batch.ChangeBatch;
import io.rowlake.decode.DecodeSettings;
import io.rowlake.decode.DecodeSettings.Deletes;
import io.rowlake.decode.DecodeSettings.EventFormat;
import io.rowlake.decode.DecodeSettings.FixedArrays;
import io.rowlake.decode.Payload;
import io.rowlake.decode.RawRecord;
import io.rowlake.event.Column;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.MalformedEventException;
import io.rowlake.event.Operation;
import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePartition;
import io.rowlake.event.SourcePosition;
import io.rowlake.event.TableSchema;
import io.rowlake.pipeline.PipelineParts.SchemaConflicts;
import io.rowlake.shape.ShapeSettings;
import io.rowlake.sink.MemorySink;
import io.rowlake.sink.MemorySink.Step;
import io.rowlake.sink.MemoryTable;
import io.rowlake.sink.TableSink;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** A pipeline between topics and tables in memory, with a consumer that rewinds as Connect does. */
final class PipelineHarness implements SourceControl, AutoCloseable {

    static final Duration INTERVAL = Duration.ofSeconds(10);
    static final Duration BACKOFF = Duration.ofSeconds(3);
    static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(60);
    static final Duration PARKED_RETRY = Duration.ofSeconds(60);
    static final int ROWS_MAX = 1_000;
    static final long BATCH_BYTES = 8 * 1024;

    private final BatchMemory memory = new BatchMemory();
    private final Map<String, MemoryTable> tables = new HashMap<>();
    private final Map<String, MemorySink> sinks = new HashMap<>();
    private final Map<SourcePartition, Long> topics = new TreeMap<>();
    private final Map<SourcePartition, Long> consumer = new TreeMap<>();
    private final Map<SourcePartition, Long> rewinds = new TreeMap<>();
    private final Set<SourcePartition> paused = new HashSet<>();
    private final List<String> rejected = new ArrayList<>();
    private Runnable onRewind = () -> {};
    private Duration closeTimeout = Duration.ofSeconds(30);
    private BrokenTables.Action onBrokenTable = BrokenTables.Action.FAIL;
    private SchemaConflicts schemaConflicts = SchemaConflicts.REJECT;
    private UnaryOperator<String> renaming = UnaryOperator.identity();
    private Instant now = Instant.parse("2026-11-23T00:00:00Z");
    private PipelineCounters counters = new PipelineCounters();
    private @Nullable SinkPipeline pipeline;

    /** The partition has records of the offsets from zero to before {@code end}. */
    void topic(SourcePartition partition, long end) {
        topics.put(partition, end);
    }

    void start(SourcePartition... partitions) {
        counters = new PipelineCounters();
        var policy = new FlushPolicy(BATCH_BYTES, ROWS_MAX, INTERVAL, BACKOFF, DELIVERY_TIMEOUT, closeTimeout, 2);
        pipeline = new SinkPipeline(
                new PipelineParts(
                        new ToTablesOfTheSameName(),
                        policy,
                        new BrokenTables(onBrokenTable, PARKED_RETRY),
                        schemaConflicts,
                        this,
                        () -> now,
                        counters),
                memory);
        open(partitions);
    }

    void open(SourcePartition... partitions) {
        List.of(partitions).forEach(partition -> consumer.putIfAbsent(partition, 0L));
        running().open(List.of(partitions));
    }

    void giveUp(SourcePartition... partitions) {
        running().close(List.of(partitions));
        consumer.keySet().removeAll(List.of(partitions));
    }

    /** The process dies; Kafka remembers nothing of its own. */
    void crash() {
        running().close();
        consumer.clear();
        rewinds.clear();
        paused.clear();
    }

    void onSchemaConflict(SchemaConflicts action) {
        schemaConflicts = action;
    }

    void closeTimeout(Duration timeout) {
        closeTimeout = timeout;
    }

    void onBrokenTable(BrokenTables.Action action) {
        onBrokenTable = action;
    }

    /** Why records were rejected on the way, in order. */
    List<String> rejected() {
        return rejected;
    }

    /** The consumer delivers all there is, of partitions that are not paused. */
    void deliverAll() {
        seek();
        running().deliveryBegins();
        Map.copyOf(consumer).forEach((partition, from) -> {
            if (!paused.contains(partition)) {
                records(partition, from, topics.getOrDefault(partition, 0L)).forEach(this::acceptOrReject);
                consumer.put(partition, topics.getOrDefault(partition, 0L));
            }
        });
        running().tick();
    }

    void deliver(List<RawRecord> records) {
        seek();
        running().deliveryBegins();
        records.forEach(running()::accept);
        running().tick();
    }

    /** As the task does. */
    private void acceptOrReject(RawRecord record) {
        try {
            running().accept(record);
        } catch (MalformedEventException e) {
            rejected.add(e.getMessage());
            reject(record.position());
        }
    }

    void accept(RawRecord record) {
        running().accept(record);
    }

    void reject(SourcePosition position) {
        running().reject(position.partition().topic(), position);
    }

    /** A bad record of a topic that was renamed on the way. */
    void rejectAs(String topic, SourcePosition position) {
        running().reject(topic, position);
    }

    /** Kafka sets the consumer back, though nobody asked for it. */
    void kafkaSetsBack(SourcePartition partition, long offset) {
        consumer.put(partition, offset);
    }

    /** Kafka doesn't have the offsets that are asked for, and begins with the first that it has. */
    void ignoresRewinds() {
        rewinds.clear();
    }

    /** Something happens whenever the pipeline asks for records again. */
    void onRewind(Runnable event) {
        onRewind = event;
    }

    /** Enough time passes for a commit. */
    void commit() {
        pass(INTERVAL);
        running().tick();
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    void renaming(String name) {
        renaming = any -> name;
    }

    /** Once the table's sink comes to the step, it is out of reach. */
    void failAt(String table, Step step) {
        sink(table).failAt(step);
    }

    void publishAs(MemorySink sink, SourcePartition partition, long from, long to) {
        sink.open(Set.of(partition));
        var builder = new BatchBuilder(
                memory, new TableSchema(List.of(new Column("id", Scalar.LONG)), List.of()), Long.MAX_VALUE);
        LongStream.range(from, to)
                .forEach(offset -> builder.endRow(Operation.CREATE, new SourcePosition(partition, offset), 0));
        try (ChangeBatch batch = builder.build()) {
            sink.stage(batch);
        }
        sink.commitAll(SourceOffsets.of(partition, to));
    }

    List<RawRecord> records(SourcePartition partition, long from, long to) {
        return LongStream.range(from, to)
                .mapToObj(offset -> record(partition, offset, "{\"id\":" + offset + "}"))
                .toList();
    }

    RawRecord record(SourcePartition partition, long offset, String json) {
        return new RawRecord(
                renaming.apply(partition.topic()),
                new SourcePosition(partition, offset),
                0,
                Payload.Absent.ABSENT,
                new Payload.JsonBytes(json.getBytes(UTF_8)));
    }

    RawRecord tombstone(SourcePartition partition, long offset) {
        return new RawRecord(
                partition.topic(),
                new SourcePosition(partition, offset),
                0,
                new Payload.Text("1"),
                Payload.Absent.ABSENT);
    }

    MemoryTable table(String name) {
        return tables.computeIfAbsent(name, any -> new MemoryTable());
    }

    /** The sink that writes the table, made when it is first asked for. */
    MemorySink sink(String table) {
        return sinks.computeIfAbsent(table, any -> new MemorySink(table(table)));
    }

    /** Whoever writes to the table next gets a sink of its own. */
    void forgetSink(String table) {
        sinks.remove(table);
    }

    PipelineCounters counters() {
        return counters;
    }

    BatchMemory memory() {
        return memory;
    }

    SourceOffsets committed() {
        return running().committed();
    }

    Set<SourcePartition> paused() {
        return paused;
    }

    @Override
    public void rewind(SourcePartition partition, long offset) {
        rewinds.merge(partition, offset, Math::min);
        onRewind.run();
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
        if (pipeline != null) {
            pipeline.close();
            pipeline = null;
        }
        memory.close();
    }

    /** Each topic has a table of its name. */
    private final class ToTablesOfTheSameName implements Routes {

        @Override
        public String table(String topic) {
            return topic;
        }

        @Override
        public TableSink sink(String table) {
            return PipelineHarness.this.sink(table);
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
            sinks.clear();
        }
    }

    private void seek() {
        consumer.putAll(rewinds);
        rewinds.clear();
    }

    private SinkPipeline running() {
        return Objects.requireNonNull(pipeline);
    }
}
