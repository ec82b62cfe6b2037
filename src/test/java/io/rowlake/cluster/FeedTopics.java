package io.rowlake.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/** Sends the events of files, one a line, to topics of one partition. */
final class FeedTopics implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;

    FeedTopics(String bootstrapServers) {
        admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Makes the topic, of as many partitions as told. */
    void create(String topic, int partitions) throws ExecutionException, InterruptedException {
        admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                .all()
                .get();
    }

    /** Sends the first events of a file to partition 0, of lines {@code {"key": …, "value": …}}. */
    void send(String topic, Path file, int events) throws IOException {
        List<String> lines = Files.readAllLines(file);
        for (String line : lines.subList(0, Math.min(events, lines.size()))) {
            JsonNode event = JSON.readTree(line);
            byte[] value = event.get("value").isNull() ? null : JSON.writeValueAsBytes(event.get("value"));
            var unused = producer.send(new ProducerRecord<>(topic, 0, JSON.writeValueAsBytes(event.get("key")), value));
        }
        producer.flush();
    }

    /** Sends one value without a key. */
    void send(String topic, int partition, String value) {
        var unused = producer.send(new ProducerRecord<>(topic, partition, null, value.getBytes(UTF_8)));
        producer.flush();
    }

    /** Until Kafka has been told by the connector that it is so far in partition 0. */
    void awaitCommitted(String connector, String topic, long offset, Duration limit) {
        Awaitility.await(connector)
                .atMost(limit)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .until(() -> committed(connector, topic) == offset);
    }

    /** The offset of partition 0 that the connector has committed, or -1 if it hasn't yet. */
    long committed(String connector, String topic) throws Exception {
        OffsetAndMetadata offset = admin.listConsumerGroupOffsets("connect-" + connector)
                .partitionsToOffsetAndMetadata()
                .get(10, TimeUnit.SECONDS)
                .get(new TopicPartition(topic, 0));
        return offset == null ? -1 : offset.offset();
    }

    /** Has Kafka forget what the connector has told it, which it does only once nobody is in the group. */
    void forget(String connector, Duration limit) {
        Awaitility.await(connector)
                .atMost(limit)
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptions()
                .until(() -> {
                    admin.deleteConsumerGroups(List.of("connect-" + connector))
                            .all()
                            .get();
                    return true;
                });
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(10));
        admin.close();
    }
}
