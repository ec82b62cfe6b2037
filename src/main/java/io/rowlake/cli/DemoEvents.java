package io.rowlake.cli;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Fills the topics of the demonstration.
 *
 * <p>The record at an offset is always the same one, so a second run, or one after a run that was cut short, sends
 * exactly what is missing.
 */
final class DemoEvents {

    private static final int COUNTED = 1_000;

    private final String bootstrapServers;
    private final Console console;
    private final SampleEvents samples = new SampleEvents();

    DemoEvents(String bootstrapServers, Console console) {
        this.bootstrapServers = bootstrapServers;
        this.console = console;
    }

    /** Creates the topics, sends what they lack, and returns how many records each holds. */
    Map<String, Long> fill(Path home, long generatedRows) {
        try (var admin = new KafkaAdmin(bootstrapServers)) {
            var partitions = new HashMap<String, Integer>();
            DemoTopic.FROM_FILES.forEach(topic -> partitions.put(topic.name(), 1));
            partitions.put(DemoTopic.GENERATED, DemoTopic.GENERATED_PARTITIONS);
            admin.createMissing(partitions);
            Map<TopicPartition, Long> ends = admin.endOffsets(DemoTopic.names());
            send(home, generatedRows, ends);
            return admin.records(DemoTopic.names());
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // Failures come to the callback, and the flush waits for all.
    private void send(Path home, long generatedRows, Map<TopicPartition, Long> ends) {
        Map<String, Object> properties = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.LINGER_MS_CONFIG,
                20,
                ProducerConfig.BATCH_SIZE_CONFIG,
                256 * 1024);
        var failure = new FirstFailure();
        try (var producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (DemoTopic topic : DemoTopic.FROM_FILES) {
                List<ProducerRecord<byte[], byte[]>> events =
                        EventFile.read(home.resolve(topic.events()), topic.name());
                long present = end(ends, topic.name(), 0);
                events.stream().skip(present).forEach(event -> producer.send(event, failure));
            }
            for (int partition = 0; partition < DemoTopic.GENERATED_PARTITIONS; partition++) {
                sendGenerated(producer, partition, end(ends, DemoTopic.GENERATED, partition), generatedRows, failure);
            }
            producer.flush();
        }
        failure.raise("send the sample events");
    }

    /** Partition p of n holds the events p, p + n, p + 2n, … in this order. */
    @SuppressWarnings("FutureReturnValueIgnored") // Failures come to the callback, and the flush waits for all.
    private void sendGenerated(
            KafkaProducer<byte[], byte[]> producer, int partition, long present, long rows, FirstFailure failure) {
        long number = partition + present * DemoTopic.GENERATED_PARTITIONS;
        for (; number < rows; number += DemoTopic.GENERATED_PARTITIONS) {
            producer.send(
                    new ProducerRecord<>(DemoTopic.GENERATED, partition, samples.key(number), samples.value(number)),
                    failure);
            if (number % COUNTED >= COUNTED - DemoTopic.GENERATED_PARTITIONS) {
                console.progress("Sending events, partition " + partition + ", up to " + Console.number(number));
            }
        }
    }

    private static long end(Map<TopicPartition, Long> ends, String topic, int partition) {
        return ends.getOrDefault(new TopicPartition(topic, partition), 0L);
    }
}
