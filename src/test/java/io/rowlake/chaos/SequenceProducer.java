package io.rowlake.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Sends rows at a steady rate until it is told to stop, and notes in a file what Kafka has acknowledged. */
final class SequenceProducer implements AutoCloseable {

    private static final int KEYS_A_TOPIC = 24;
    private static final int ROWS_A_ROUND = 15;
    private static final Duration ROUND = Duration.ofMillis(50);
    private static final int PAYLOAD_MAX = 120;
    private static final Map<String, Object> CLIENT = Map.of(
            "acks", "all",
            "enable.idempotence", "true",
            "linger.ms", "5",
            // A broker may be away for a while; the sequence of a key must not get a hole then.
            "delivery.timeout.ms", "600000",
            "max.block.ms", "600000",
            "reconnect.backoff.max.ms", "500");

    private final KafkaProducer<byte[], byte[]> producer;
    private final Writer notes;
    private final Random random;
    private final Map<String, Long> sent = new TreeMap<>();
    private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private volatile boolean stopped;
    private @Nullable Future<?> running;

    SequenceProducer(String bootstrapServers, Path notes, long seed) {
        var properties = new TreeMap<String, Object>(CLIENT);
        properties.put("bootstrap.servers", bootstrapServers);
        this.producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        this.random = new Random(seed);
        try {
            this.notes = Files.newBufferedWriter(notes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void start() {
        running = thread.submit(this::send);
    }

    /** Stops, and waits until all that was sent is acknowledged. */
    void finish() throws ExecutionException, InterruptedException {
        stopped = true;
        if (running != null) {
            running.get();
        }
        Exception failed = failure.get();
        if (failed != null) {
            throw new IllegalStateException("A record could not be sent, so that the run proves nothing", failed);
        }
        if (!sent.equals(new TreeMap<>(acknowledged))) {
            throw new IllegalStateException("Kafka has not acknowledged everything");
        }
    }

    /** For each key, how many of its sequences were acknowledged, from zero. */
    Map<String, Long> acknowledged() {
        return Map.copyOf(acknowledged);
    }

    long records() {
        return acknowledged.values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public void close() {
        stopped = true;
        thread.shutdown();
        producer.close(Duration.ofSeconds(2));
        try {
            if (!thread.awaitTermination(10, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
            notes.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void send() {
        long next = System.nanoTime();
        while (!stopped) {
            for (int number = 0; number < ROWS_A_ROUND; number++) {
                sendOne();
            }
            next = Math.max(
                    next + ROUND.toNanos(),
                    System.nanoTime() - Duration.ofSeconds(1).toNanos());
            LockSupport.parkNanos(next - System.nanoTime());
        }
        producer.flush();
    }

    private void sendOne() {
        List<String> topics = ChaosTopics.NAMES;
        String topic = topics.get(random.nextInt(topics.size()));
        int number = random.nextInt(KEYS_A_TOPIC);
        int partition = number % ChaosTopics.PARTITIONS;
        String key = topic + "-" + number;
        long sequence = sent.merge(key, 1L, Long::sum) - 1;
        String payload = "x".repeat(random.nextInt(PAYLOAD_MAX)) + Integer.toHexString(random.nextInt());
        SequencedRow row = SequencedRow.of(key, sequence, partition, payload);
        var unused = producer.send(
                new ProducerRecord<>(
                        topic, partition, key.getBytes(UTF_8), row.json().getBytes(UTF_8)),
                (metadata, exception) -> note(row, metadata, exception));
    }

    /** Called by the producer's own thread, in the order of each partition. */
    private void note(SequencedRow row, @Nullable RecordMetadata metadata, @Nullable Exception exception) {
        if (exception != null || metadata == null) {
            failure.compareAndSet(null, exception);
            return;
        }
        acknowledged.merge(row.key(), 1L, Long::sum);
        try {
            notes.write(metadata.topic() + " " + metadata.partition() + " " + metadata.offset() + " " + row.key() + " "
                    + row.sequence() + "\n");
        } catch (IOException e) {
            failure.compareAndSet(null, e);
        }
    }
}
