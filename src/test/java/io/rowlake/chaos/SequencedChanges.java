package io.rowlake.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends changes at a steady rate: each key has a sequence without gaps, in one partition. */
final class SequencedChanges implements AutoCloseable {

    static final Map<String, Integer> TOPICS = Map.of("alpha", 3, "beta", 2);

    private static final int KEYS_A_PARTITION = 7;
    private static final Duration PAUSE = Duration.ofMillis(25);
    private static final long QUESTION_SECONDS = 10;

    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Map<String, Long> sent = new TreeMap<>();
    private final Map<String, String> failures = new ConcurrentHashMap<>();
    private final AtomicLong acknowledged = new AtomicLong();
    private volatile boolean stopping;
    private CompletableFuture<Void> sending = CompletableFuture.completedFuture(null);

    SequencedChanges(String bootstrapServers) throws ExecutionException, InterruptedException {
        admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
        List<NewTopic> topics = TOPICS.entrySet().stream()
                .map(topic -> new NewTopic(topic.getKey(), topic.getValue(), (short) 1))
                .toList();
        admin.createTopics(topics).all().get();
        // A producer that is idempotent and never gives up sends each record once, in order.
        producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "acks",
                        "all",
                        "enable.idempotence",
                        true,
                        "linger.ms",
                        5,
                        "delivery.timeout.ms",
                        Integer.MAX_VALUE,
                        "max.block.ms",
                        Integer.MAX_VALUE),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    void start() {
        sending = CompletableFuture.runAsync(this::send);
    }

    /** Sends no more, waits until the broker has everything, and says by topic and key how many were sent. */
    Map<String, Long> stop() throws ExecutionException, InterruptedException {
        stopping = true;
        sending.get();
        producer.flush();
        if (!failures.isEmpty()) {
            throw new IllegalStateException("The broker did not take " + failures);
        }
        return sent;
    }

    long acknowledged() {
        return acknowledged.get();
    }

    /** By connector and partition, how far Kafka's own offsets are behind the end; empty if they are at the end. */
    Map<String, Long> lag(List<String> connectors) throws Exception {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        TOPICS.forEach((topic, partitions) -> {
            for (int partition = 0; partition < partitions; partition++) {
                wanted.put(new TopicPartition(topic, partition), OffsetSpec.latest());
            }
        });
        Map<String, Long> lag = new TreeMap<>();
        var ends = admin.listOffsets(wanted).all().get(QUESTION_SECONDS, TimeUnit.SECONDS);
        for (String connector : connectors) {
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets("connect-" + connector)
                    .partitionsToOffsetAndMetadata()
                    .get(QUESTION_SECONDS, TimeUnit.SECONDS);
            ends.forEach((partition, end) -> {
                OffsetAndMetadata reached = committed.get(partition);
                long behind = end.offset() - (reached == null ? 0 : reached.offset());
                if (behind != 0) {
                    lag.put(connector + " " + partition, behind);
                }
            });
        }
        return lag;
    }

    @Override
    public void close() {
        stopping = true;
        producer.close(Duration.ofSeconds(5));
        admin.close(Duration.ofSeconds(5));
    }

    private void send() {
        for (long round = 0; !stopping; round++) {
            long number = round;
            TOPICS.forEach((topic, partitions) -> {
                for (int partition = 0; partition < partitions; partition++) {
                    send(topic, partition, number);
                }
            });
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private void send(String topic, int partition, long round) {
        String key = partition + "-" + round % KEYS_A_PARTITION;
        long sequence = sent.merge(topic + " " + key, 1L, Long::sum) - 1;
        String value = "{\"k\":\"" + key + "\",\"s\":" + sequence + ",\"c\":" + Sequences.checksum(topic, key, sequence)
                + ",\"t\":\"" + topic + "\"}";
        var unused = producer.send(
                new ProducerRecord<>(topic, partition, key.getBytes(UTF_8), value.getBytes(UTF_8)),
                (metadata, failure) -> {
                    if (failure == null) {
                        acknowledged.incrementAndGet();
                    } else {
                        failures.put(topic + " " + key + " " + sequence, failure.toString());
                    }
                });
    }
}
