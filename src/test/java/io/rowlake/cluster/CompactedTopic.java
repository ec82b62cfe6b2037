package io.rowlake.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A topic of one partition that Kafka compacts as soon as it can. */
record CompactedTopic(String bootstrapServers, String name) {

    private static final Duration POLL = Duration.ofSeconds(5);

    void create() throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            var topic = new NewTopic(name, 1, (short) 1)
                    .configs(Map.of(
                            "cleanup.policy", "compact", "segment.ms", "500", "min.cleanable.dirty.ratio", "0.001"));
            admin.createTopics(List.of(topic)).all().get();
        }
    }

    void send(String key, long id) {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrapServers),
                new StringSerializer(),
                new StringSerializer())) {
            var unused = producer.send(new ProducerRecord<>(name, 0, key, "{\"id\":" + id + "}"));
        }
    }

    /** The offset of the first record that is left, -1 if none came. */
    long firstOffset() {
        try (var consumer = consumer()) {
            consumer.assign(List.of(partition()));
            consumer.seekToBeginning(List.of(partition()));
            for (ConsumerRecord<String, String> record : consumer.poll(POLL)) {
                return record.offset();
            }
            return -1;
        }
    }

    long end() {
        try (var consumer = consumer()) {
            return consumer.endOffsets(List.of(partition())).getOrDefault(partition(), -1L);
        }
    }

    private TopicPartition partition() {
        return new TopicPartition(name, 0);
    }

    private KafkaConsumer<String, String> consumer() {
        return new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrapServers),
                new StringDeserializer(),
                new StringDeserializer());
    }
}
