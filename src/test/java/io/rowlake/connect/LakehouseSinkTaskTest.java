package io.rowlake.connect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LakehouseSinkTaskTest {

    private static final TopicPartition PARTITION = new TopicPartition("images", 0);

    @TempDir
    private Path directory;

    private final TaskContext context = new TaskContext();
    private LakehouseSinkTask task = new LakehouseSinkTask();

    @AfterEach
    void stops() {
        task.stop();
    }

    @Test
    void rowsAreInTheDestinationBeforeKafkaIsTold() throws IOException {
        start(context, Map.of());
        put(0, "{\"id\":1}", "{\"id\":2}");
        assertThat(lines()).isEmpty();
        assertThat(preCommit()).isEqualTo(Map.of(PARTITION, new OffsetAndMetadata(0, "rowlake")));

        task.close(List.of(PARTITION));

        assertThat(lines()).containsExactly("{\"id\":1}", "{\"id\":2}");
    }

    @Test
    void aNewTaskGoesOnWhereTheFilesEnd() throws IOException {
        start(context, Map.of());
        put(0, "{\"id\":1}", "{\"id\":2}");
        task.close(List.of(PARTITION));
        task.stop();

        task = new LakehouseSinkTask();
        start(context, Map.of());
        assertThat(context.rewinds).isEqualTo(Map.of(PARTITION, 2L));
        put(2, "{\"id\":3}");
        task.close(List.of(PARTITION));

        assertThat(lines()).containsExactly("{\"id\":1}", "{\"id\":2}", "{\"id\":3}");
    }

    @Test
    void connectIsAskedToCallAgainThoughNoRecordComes() {
        start(context, Map.of("flush.interval.ms", "250"));

        task.put(List.of());

        assertThat(context.timeoutMillis).isEqualTo(250);
    }

    @Test
    void aBadRecordFailsTheTaskWhereErrorsAreNotTolerated() {
        start(context, Map.of());

        assertThatThrownBy(() -> put(0, "{\"id\":1}", "{\"id\":"))
                .isInstanceOf(ConnectException.class)
                .hasMessageStartingWith("Cannot decode event at images-0@1: ")
                .hasMessageEndingWith("(to go on without such records, set errors.tolerance=all and"
                        + " errors.deadletterqueue.topic.name)");
    }

    @Test
    void aBadRecordGoesToTheReporterAndTheOthersOn() throws IOException {
        start(context.withReporter(), Map.of("errors.tolerance", "all"));

        put(0, "{\"id\":1}", "[1]", "{\"id\":3}");
        task.close(List.of(PARTITION));

        assertThat(lines()).containsExactly("{\"id\":1}", "{\"id\":3}");
        assertThat(context.reported)
                .hasSize(1)
                .allMatch(line -> line.startsWith("1: Cannot decode event at images-0@1"));
        assertThat(context.metric("bad-records")).isEqualTo(1);
        assertThat(context.metric("rows-committed")).isEqualTo(2);
    }

    @Test
    void aBadRecordIsDroppedWhereErrorsAreToleratedWithoutAReporter() throws IOException {
        start(context, Map.of("errors.tolerance", "all"));

        put(0, "{\"id\":1}", "[1]", "{\"id\":3}");
        task.close(List.of(PARTITION));

        assertThat(lines()).containsExactly("{\"id\":1}", "{\"id\":3}");
        assertThat(context.metric("bad-records")).isEqualTo(1);
    }

    @Test
    void rowsOfEightMegabytesAndTinyOnesStayWithinTheBoundAndOneRow() throws IOException {
        long bound = 1_048_576;
        int large = 8 << 20;
        start(context, Map.of("batch.size.bytes", String.valueOf(bound)));

        String big = "{\"text\":\"" + "x".repeat(large) + "\"}";
        put(0, big, big);
        for (int offset = 2; offset < 60_000; offset += 500) {
            String[] tiny = new String[500];
            for (int i = 0; i < 500; i++) {
                tiny[i] = "{\"text\":\"" + (offset + i) + "\"}";
            }
            put(offset, tiny);
        }
        put(60_002, big);
        task.close(List.of(PARTITION));

        assertThat(context.metric("batch-memory-peak-bytes")).isBetween((long) large, bound + large);
        assertThat(context.metric("batch-memory-bytes")).isZero();
        assertThat(lines()).hasSize(3 + 60_000).first().isEqualTo(big);
    }

    @Test
    void aDestinationOutOfReachPausesThePartitionAndLosesNothing() throws IOException {
        start(context, Map.of("flush.interval.ms", "1", "retry.backoff.ms", "1", "files.roll.interval.ms", "1"));
        context.assigned.add(PARTITION);
        Path partition = Files.createDirectories(directory.resolve("images")).resolve("00000");
        Files.writeString(partition, "in the way");
        put(0, "{\"id\":1}");
        await().until(() -> {
            task.put(List.of());
            return context.paused.equals(Set.of(PARTITION));
        });

        Files.delete(partition);
        await().until(() -> {
            task.put(List.of());
            return context.paused.isEmpty();
        });
        assertThat(context.rewinds).isEqualTo(Map.of(PARTITION, 0L));
        put(0, "{\"id\":1}");
        task.close(List.of(PARTITION));

        assertThat(lines()).containsExactly("{\"id\":1}");
        assertThat(context.metric("retries")).isPositive();
    }

    @Test
    void aPartitionThatIsGivenUpDuringAnOutageAndComesBackIsReadAgain() throws IOException {
        start(context, Map.of("flush.interval.ms", "1", "retry.backoff.ms", "60000", "files.roll.interval.ms", "1"));
        context.assigned.add(PARTITION);
        Path partition = Files.createDirectories(directory.resolve("images")).resolve("00000");
        Files.writeString(partition, "in the way");
        put(0, "{\"id\":1}");
        await().until(() -> {
            task.put(List.of());
            return context.paused.equals(Set.of(PARTITION));
        });
        task.close(List.of(PARTITION));
        Files.delete(partition);

        task.open(List.of(PARTITION));

        assertThat(context.paused).isEmpty();
        put(0, "{\"id\":1}");
        task.close(List.of(PARTITION));
        assertThat(lines()).containsExactly("{\"id\":1}");
    }

    @Test
    void aWrongConfigurationIsRefusedAtTheStart() {
        assertThatThrownBy(() -> start(context, Map.of("flush.intervall.ms", "5")))
                .isInstanceOf(ConfigException.class)
                .hasMessage("Unknown option 'flush.intervall.ms': did you mean 'flush.interval.ms'?");
    }

    @Test
    void aTaskThatNeverStartedStops() {
        task.stop();

        assertThat(task.version()).isNotEmpty();
    }

    private void start(TaskContext taskContext, Map<String, String> options) {
        Map<String, String> properties = new TreeMap<>(Map.of(
                "name", "files",
                "topics", "images",
                "destination", "jsonl",
                "files.directory", directory.toString()));
        properties.putAll(options);
        task.initialize(taskContext);
        task.start(properties);
        task.open(List.of(PARTITION));
    }

    private void put(long from, String... values) {
        List<SinkRecord> records = new ArrayList<>();
        for (String value : values) {
            records.add(record(from + records.size(), value));
        }
        task.put(records);
    }

    private static SinkRecord record(long offset, @Nullable String value) {
        return new SinkRecord(
                "images",
                0,
                null,
                null,
                null,
                value == null ? null : value.getBytes(UTF_8),
                offset,
                0L,
                TimestampType.CREATE_TIME);
    }

    private Map<TopicPartition, OffsetAndMetadata> preCommit() {
        return task.preCommit(Map.of(PARTITION, new OffsetAndMetadata(2)));
    }

    private List<String> lines() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            List<String> lines = new ArrayList<>();
            for (Path file : files.filter(path -> path.toString().endsWith(".jsonl"))
                    .sorted()
                    .toList()) {
                lines.addAll(Files.readAllLines(file));
            }
            return lines;
        }
    }
}
