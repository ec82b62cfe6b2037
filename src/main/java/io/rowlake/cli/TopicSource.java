package io.rowlake.cli;

import io.rowlake.config.TopicEnds;
import io.rowlake.decode.Payload;
import io.rowlake.decode.RawRecord;
import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePartition;
import io.rowlake.event.SourcePosition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** All partitions of a topic, up to the end offsets that it had at the start. */
final class TopicSource implements ExportSource {

    private static final Duration POLL = Duration.ofMillis(200);

    private final String topic;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> ends;
    private final Map<TopicPartition, Long> starts;
    private final Map<TopicPartition, Long> rewinds = new HashMap<>();
    private final Map<SourcePartition, Long> begins = new HashMap<>();
    private final Set<TopicPartition> paused = new HashSet<>();

    /** Connects. The properties name the brokers. */
    TopicSource(String topic, Properties given) {
        this.topic = topic;
        var properties = new Properties();
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.putAll(given);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        var bytes = new ByteArrayDeserializer();
        try {
            this.consumer = new KafkaConsumer<>(properties, bytes, new ByteArrayDeserializer());
        } catch (KafkaException e) {
            throw new CommandException("Cannot connect to Kafka: " + CommandException.reason(e), e);
        }
        try {
            List<PartitionInfo> found = consumer.partitionsFor(topic);
            if (found == null || found.isEmpty()) {
                throw new CommandException("Cannot find topic '" + topic + "' at the brokers that --bootstrap names");
            }
            List<TopicPartition> partitions = found.stream()
                    .map(each -> new TopicPartition(topic, each.partition()))
                    .toList();
            this.ends = new TopicEnds(consumer).of(List.of(topic));
            consumer.assign(partitions);
            this.starts = consumer.beginningOffsets(partitions);
            consumer.seekToBeginning(partitions);
        } catch (KafkaException | CommandException e) {
            consumer.close();
            throw e instanceof CommandException said
                    ? said
                    : new CommandException("Cannot read topic '" + topic + "': " + CommandException.reason(e), e);
        }
    }

    @Override
    public String name() {
        return "topic '" + topic + "'";
    }

    @Override
    public List<SourcePartition> partitions() {
        return ends.keySet().stream().map(TopicSource::ours).toList();
    }

    @Override
    public List<RawRecord> poll() {
        rewinds.forEach(consumer::seek);
        rewinds.clear();
        noteBegins();
        try {
            List<RawRecord> records = new ArrayList<>();
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                if (record.offset() < end(partition)) {
                    records.add(raw(record));
                }
            }
            return records;
        } catch (KafkaException e) {
            throw new CommandException("Cannot read from Kafka: " + CommandException.reason(e), e);
        }
    }

    /** By position, which also passes transaction markers and what compaction took away. */
    @Override
    public boolean isAtEnd() {
        return rewinds.isEmpty() && ends.entrySet().stream().allMatch(end -> position(end.getKey()) >= end.getValue());
    }

    @Override
    public boolean isPaused() {
        return !paused.isEmpty();
    }

    @Override
    public double progress() {
        long all = 0;
        long done = 0;
        for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
            long start = starts.getOrDefault(end.getKey(), 0L);
            all += Math.max(0, end.getValue() - start);
            done += Math.max(0, Math.min(end.getValue(), position(end.getKey())) - start);
        }
        return all == 0 ? 1 : (double) done / all;
    }

    @Override
    public String place(SourcePosition position) {
        return "";
    }

    @Override
    public Map<SourcePartition, Long> ends() {
        Map<SourcePartition, Long> ours = new HashMap<>();
        ends.forEach((partition, end) -> ours.put(ours(partition), end));
        return ours;
    }

    @Override
    public Map<SourcePartition, Long> begins() {
        return Map.copyOf(begins);
    }

    @Override
    public String reach(SourceOffsets committed) {
        return "; the next run of this --name goes on after them";
    }

    @Override
    public void rewind(SourcePartition partition, long offset) {
        rewinds.put(kafkas(partition), offset);
    }

    @Override
    public void pause(Set<SourcePartition> partitions) {
        partitions.forEach(partition -> paused.add(kafkas(partition)));
        consumer.pause(paused);
    }

    @Override
    public void resume(Set<SourcePartition> partitions) {
        partitions.forEach(partition -> paused.remove(kafkas(partition)));
        consumer.resume(partitions.stream().map(TopicSource::kafkas).toList());
    }

    @Override
    public void requestCommit() {
        // The destination is the ledger, and no consumer group stands behind an export.
    }

    @Override
    public void close() {
        consumer.close();
    }

    private void noteBegins() {
        if (begins.isEmpty() && paused.isEmpty()) {
            ends.keySet().forEach(partition -> begins.put(ours(partition), position(partition)));
        }
    }

    private long position(TopicPartition partition) {
        try {
            return consumer.position(partition);
        } catch (KafkaException e) {
            throw new CommandException("Cannot read from Kafka: " + CommandException.reason(e), e);
        }
    }

    private long end(TopicPartition partition) {
        return ends.getOrDefault(partition, 0L);
    }

    private static RawRecord raw(ConsumerRecord<byte[], byte[]> record) {
        var position = new SourcePosition(new SourcePartition(record.topic(), record.partition()), record.offset());
        return new RawRecord(
                record.topic(),
                position,
                Math.max(0, record.timestamp()),
                payload(record.key()),
                payload(record.value()));
    }

    private static Payload payload(byte @Nullable [] bytes) {
        return bytes == null ? Payload.Absent.ABSENT : new Payload.JsonBytes(bytes);
    }

    private static SourcePartition ours(TopicPartition partition) {
        return new SourcePartition(partition.topic(), partition.partition());
    }

    private static TopicPartition kafkas(SourcePartition partition) {
        return new TopicPartition(partition.topic(), partition.partition());
    }
}
