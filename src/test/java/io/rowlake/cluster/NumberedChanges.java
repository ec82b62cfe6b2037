package io.rowlake.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/** A topic of changes that say of themselves where they stand: partition {@code p}, offset {@code o}. */
final class NumberedChanges implements AutoCloseable {

    static final String TOPIC = "changes";
    static final int PARTITIONS = 4;
    static final int CHANGES_A_PARTITION = 50_000;

    /** So that changes flow during all of the test. */
    private static final int CHANGES_BETWEEN_PAUSES = 100;

    private static final Duration PAUSE = Duration.ofMillis(120);

    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;
    private CompletableFuture<Void> sent = CompletableFuture.completedFuture(null);

    NumberedChanges(String bootstrapServers) throws ExecutionException, InterruptedException {
        admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
        admin.createTopics(List.of(new NewTopic(TOPIC, PARTITIONS, (short) 1)))
                .all()
                .get();
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 5),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    void sendInBackground() {
        sent = CompletableFuture.runAsync(this::send);
    }

    void awaitSent() throws ExecutionException, InterruptedException {
        sent.get();
    }

    /** Until Kafka has been told by each connector that everything is in its destination. */
    void awaitCommitted(Collection<String> connectors, Duration limit) {
        for (String connector : connectors) {
            Awaitility.await(connector)
                    .atMost(limit)
                    .pollInterval(Duration.ofMillis(500))
                    .ignoreExceptions()
                    .until(() -> isAtTheEnd(connector));
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(10));
        admin.close();
    }

    private void send() {
        for (int offset = 0; offset < CHANGES_A_PARTITION; offset++) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                var unused = producer.send(new ProducerRecord<>(TOPIC, partition, null, change(partition, offset)));
            }
            if (offset % CHANGES_BETWEEN_PAUSES == 0) {
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
        producer.flush();
    }

    private static byte[] change(int partition, int offset) {
        return ("{\"p\":" + partition + ",\"o\":" + offset + ",\"label\":\"image " + offset + "\",\"score\":" + offset
                        + ".5}")
                .getBytes(UTF_8);
    }

    private boolean isAtTheEnd(String connector) throws Exception {
        Map<TopicPartition, OffsetAndMetadata> offsets = admin.listConsumerGroupOffsets("connect-" + connector)
                .partitionsToOffsetAndMetadata()
                .get(10, TimeUnit.SECONDS);
        return IntStream.range(0, PARTITIONS)
                .mapToObj(partition -> offsets.get(new TopicPartition(TOPIC, partition)))
                .allMatch(offset -> offset != null && offset.offset() == CHANGES_A_PARTITION);
    }
}
