package io.rowlake.connect;

import io.rowlake.batch.BatchMemory;
import io.rowlake.config.SinkSettings;
import io.rowlake.config.Version;
import io.rowlake.event.MalformedEventException;
import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePartition;
import io.rowlake.pipeline.PipelineCounters;
import io.rowlake.pipeline.SinkPipeline;
import io.rowlake.sink.SinkException;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connect's life cycle on one side, the pipeline on the other. Called by one thread.
 *
 * <p>The destination is the ledger: {@link #open} goes on where it stands, and Kafka is told what it has committed.
 */
public final class LakehouseSinkTask extends SinkTask {

    /**
     * Goes with every offset. Connect takes the offset that a task rewinds to for committed already, and would not tell
     * Kafka of it unless something differs, so that a task that finds all its records in the destination showed lag.
     */
    private static final String COMMITTED = "rowlake";

    private static final Logger LOG = LoggerFactory.getLogger(LakehouseSinkTask.class);

    private final RecordTranslator translator = new RecordTranslator();
    private @Nullable Running running;

    @Override
    public String version() {
        return Version.current();
    }

    @Override
    public void start(Map<String, String> properties) {
        SinkSettings settings = SinkSettings.of(properties);
        var memory = new BatchMemory();
        var counters = new PipelineCounters();
        var consumer = new ConsumerControl(context);
        SinkPipeline pipeline = settings.pipeline(consumer, InstantSource.system(), counters, memory);
        running = new Running(
                pipeline,
                memory,
                consumer,
                new BadRecords(context, properties),
                new RemovedRecords(new KafkaAccess(properties), counters),
                new TaskMetrics(context, counters, memory, InstantSource.system()),
                settings.tick().toMillis());
        running().metrics().register();
    }

    @Override
    public void open(Collection<TopicPartition> partitions) {
        // Connect keeps what the task has paused over a rebalance; the pipeline begins anew with these partitions.
        running().consumer().resume(Set.copyOf(ours(partitions)));
        failing(() -> running().pipeline().open(ours(partitions)));
        running().consumer().apply();
        SourceOffsets wanted = running().pipeline().committed();
        running().removedRecords().report(wanted.of(ours(partitions)));
    }

    @Override
    public void put(Collection<SinkRecord> records) {
        failing(() -> {
            if (!running().consumer().hasRewinds()) {
                running().pipeline().deliveryBegins();
            }
            records.forEach(this::accept);
            running().pipeline().tick();
        });
        running().consumer().apply();
        running().metrics().register();
        // Connect calls again after this time though no record came, so that age is noticed.
        context.timeout(running().tickMillis());
    }

    /**
     * Tells Kafka what the destinations have. Where they have all that was delivered, that is as far as the consumer came:
     * records that transformations dropped, or that could not be converted, never got here.
     */
    @Override
    public Map<TopicPartition, OffsetAndMetadata> preCommit(Map<TopicPartition, OffsetAndMetadata> currentOffsets) {
        SourceOffsets committed = running().pipeline().committed();
        Map<TopicPartition, OffsetAndMetadata> told = new HashMap<>();
        currentOffsets.forEach((kafkas, current) -> {
            var partition = new SourcePartition(kafkas.topic(), kafkas.partition());
            OptionalLong safe = running().pipeline().isSettled(partition)
                    ? OptionalLong.of(current.offset())
                    : committed.next(partition);
            safe.ifPresent(offset -> told.put(kafkas, new OffsetAndMetadata(offset, COMMITTED)));
        });
        return told;
    }

    @Override
    public void close(Collection<TopicPartition> partitions) {
        failing(() -> running().pipeline().close(ours(partitions)));
        // What is to be read again of others is told after the next delivery, since Connect may have that one at hand.
        running().consumer().forget(partitions);
    }

    @Override
    public void stop() {
        if (running != null) {
            running.pipeline().close();
            release(running.memory());
            running = null;
        }
    }

    private static void release(BatchMemory memory) {
        try {
            memory.close();
        } catch (IllegalStateException e) {
            LOG.warn("A commit that was left alone still holds memory, and gives it back when it ends", e);
        }
    }

    private void accept(SinkRecord record) {
        try {
            running().pipeline().accept(translator.translate(record));
        } catch (MalformedEventException e) {
            running().badRecords().report(record, e);
            running().pipeline().reject(record.topic(), RecordTranslator.position(record));
        }
    }

    private static List<SourcePartition> ours(Collection<TopicPartition> partitions) {
        return partitions.stream()
                .map(partition -> new SourcePartition(partition.topic(), partition.partition()))
                .toList();
    }

    /** The one place where our failures become Connect's. */
    private static void failing(Runnable step) {
        try {
            step.run();
        } catch (SinkException e) {
            throw new ConnectException(e.getMessage(), e);
        }
    }

    private Running running() {
        return Objects.requireNonNull(running, "The task is not started");
    }

    /** What a started task has. */
    private record Running(
            SinkPipeline pipeline,
            BatchMemory memory,
            ConsumerControl consumer,
            BadRecords badRecords,
            RemovedRecords removedRecords,
            TaskMetrics metrics,
            long tickMillis) {}
}
