package io.rowlake.connect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.sink.SinkRecord;

/** A task, and a consumer that feeds it as Connect's does: it rewinds, pauses, and commits what the task tells it. */
final class FedTask implements AutoCloseable {

    final TaskContext context = new TaskContext();
    private final LakehouseSinkTask task = new LakehouseSinkTask();
    private final Map<TopicPartition, List<String>> topics;
    private final Map<TopicPartition, Long> positions = new HashMap<>();

    /** Starts a task that reads partition 0 of topics from offsets that Kafka knows. The topics may grow. */
    FedTask(Map<String, String> options, Map<TopicPartition, List<String>> topics, Map<TopicPartition, Long> kafkas) {
        this.topics = topics;
        topics.keySet().forEach(partition -> positions.put(partition, kafkas.getOrDefault(partition, 0L)));
        context.assigned.addAll(topics.keySet());
        task.initialize(context);
        task.start(options);
        task.open(topics.keySet());
    }

    /** Delivers what there is, of partitions that are not paused. */
    void deliver() {
        positions.putAll(context.rewinds);
        context.rewinds.clear();
        List<SinkRecord> records = new ArrayList<>();
        topics.forEach((partition, values) -> {
            if (!context.paused.contains(partition)) {
                for (long offset = positions.getOrDefault(partition, 0L); offset < values.size(); offset++) {
                    records.add(record(partition, offset, values.get(Math.toIntExact(offset))));
                }
                positions.put(partition, (long) values.size());
            }
        });
        task.put(records);
    }

    /** What the task has Kafka commit. */
    Map<TopicPartition, Long> committed() {
        Map<TopicPartition, OffsetAndMetadata> current = new HashMap<>();
        positions.forEach((partition, offset) -> current.put(partition, new OffsetAndMetadata(offset)));
        Map<TopicPartition, Long> committed = new HashMap<>();
        task.preCommit(current).forEach((partition, offset) -> committed.put(partition, offset.offset()));
        return committed;
    }

    private static SinkRecord record(TopicPartition partition, long offset, String value) {
        return new SinkRecord(
                partition.topic(),
                partition.partition(),
                null,
                null,
                null,
                value.getBytes(UTF_8),
                offset,
                0L,
                TimestampType.CREATE_TIME);
    }

    @Override
    public void close() {
        task.stop();
    }
}
