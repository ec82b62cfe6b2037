package io.rowlake.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.rowlake.cluster.KafkaCluster;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TopicEndsIT {

    private static final String TOPIC = "ends";

    @TempDir
    private Path directory;

    @Test
    void theEndIsBehindTheLastRecordThatAConsumerSees() throws Exception {
        try (KafkaCluster cluster = KafkaCluster.start(directory)) {
            String servers = cluster.bootstrapServers();
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
                admin.createTopics(List.of(new NewTopic(TOPIC, 4, (short) 1)))
                        .all()
                        .get();
            }
            sendPlain(servers);
            sendInTransactions(servers);

            assertThat(ends(servers, "read_committed"))
                    .isEqualTo(Map.of(partition(0), 3L, partition(1), 2L, partition(2), 0L, partition(3), 0L));
            assertThat(ends(servers, "read_uncommitted"))
                    .isEqualTo(Map.of(partition(0), 3L, partition(1), 2L, partition(2), 40L, partition(3), 0L));
        }
    }

    /** Three records to partition 0. */
    private static void sendPlain(String servers) {
        try (var producer = producer(Map.of("bootstrap.servers", servers))) {
            for (int i = 0; i < 3; i++) {
                var unused = producer.send(record(0));
            }
        }
    }

    /** Two committed records to partition 1, which a marker follows; forty aborted ones to partition 2. */
    private static void sendInTransactions(String servers) {
        try (var producer = producer(Map.of("bootstrap.servers", servers, "transactional.id", "ends"))) {
            producer.initTransactions();
            producer.beginTransaction();
            var first = producer.send(record(1));
            var second = producer.send(record(1));
            producer.commitTransaction();
            producer.beginTransaction();
            for (int i = 0; i < 40; i++) {
                var unused = producer.send(record(2));
            }
            producer.flush();
            producer.abortTransaction();
            assertThat(List.of(first, second)).allMatch(future -> future.isDone());
        }
    }

    private static Map<TopicPartition, Long> ends(String servers, String isolation) {
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", servers, "isolation.level", isolation),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            return new TopicEnds(consumer).of(List.of(TOPIC));
        }
    }

    private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> properties) {
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static ProducerRecord<byte[], byte[]> record(int partition) {
        return new ProducerRecord<>(TOPIC, partition, null, "{}".getBytes(UTF_8));
    }

    private static TopicPartition partition(int number) {
        return new TopicPartition(TOPIC, number);
    }
}
