package io.rowlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowlake.cluster.KafkaCluster;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exports a topic of a real broker, whose end is the marker of a transaction. */
final class ExportTopicIT {

    @TempDir
    private Path directory;

    @Test
    void topicIsExportedToItsEndAndTheNextRunGoesOn() throws Exception {
        try (KafkaCluster cluster = KafkaCluster.start(KafkaCluster.workDirectory("export-topic"))) {
            createTopic(cluster, "numbers");
            sendInTransaction(cluster, 1, 2, 3);

            Shell first = export(cluster);
            sendInTransaction(cluster, 4, 5);
            Shell second = export(cluster);
            Shell third = export(cluster);

            assertThat(first.err() + second.err() + third.err()).isEmpty();
            assertThat(List.of(first.exitCode(), second.exitCode(), third.exitCode()))
                    .containsOnly(0);
            assertThat(first.out()).startsWith("Exported 3 rows; 0 bad events");
            assertThat(second.out()).startsWith("Exported 2 rows; 0 bad events");
            assertThat(second.out()).contains("Beside it, of earlier runs: files 2, rows 3");
            assertThat(third.out()).startsWith("Exported 0 rows; 0 bad events");
            assertThat(lines())
                    .containsExactlyInAnyOrder("{\"n\":1}", "{\"n\":2}", "{\"n\":3}", "{\"n\":4}", "{\"n\":5}");
        }
    }

    @Test
    void topicThatEndsWithATransactionReplacesTheFiles() throws Exception {
        try (KafkaCluster cluster = KafkaCluster.start(KafkaCluster.workDirectory("export-replace"))) {
            createTopic(cluster, "numbers");
            sendInTransaction(cluster, 1, 2, 3);
            export(cluster, "--name", "first");
            Shell refused = export(cluster, "--name", "second");

            Shell replacing = export(cluster, "--name", "second", "--set", "files.if.exists=replace");

            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(refused.err()).contains("made by 'first'");
            assertThat(replacing.err()).isEmpty();
            assertThat(replacing.out())
                    .startsWith("Exported 3 rows; 0 bad events")
                    .doesNotContain("earlier runs");
            assertThat(Files.readString(directory.resolve("out/numbers/_rowlake.json")))
                    .contains("second");
            assertThat(lines()).containsExactlyInAnyOrder("{\"n\":1}", "{\"n\":2}", "{\"n\":3}");
        }
    }

    @Test
    void topicThatIsNotThereIsNamed() throws Exception {
        try (KafkaCluster cluster = KafkaCluster.start(KafkaCluster.workDirectory("export-no-topic"))) {
            Shell shell = export(cluster);

            assertThat(shell.exitCode()).isEqualTo(1);
            assertThat(shell.err()).startsWith("Cannot find topic 'numbers' at the brokers that --bootstrap names");
        }
    }

    private Shell export(KafkaCluster cluster, String... more) {
        var arguments = new ArrayList<>(List.of(
                "export",
                "--quiet",
                "--topic",
                "numbers",
                "--bootstrap",
                cluster.bootstrapServers(),
                "--set",
                "destination=jsonl",
                "--set",
                "files.directory=" + directory.resolve("out")));
        arguments.addAll(List.of(more));
        return new Shell(arguments.toArray(String[]::new));
    }

    private static void createTopic(KafkaCluster cluster, String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(topic, 2, (short) 1))).all().get();
        }
    }

    private static void sendInTransaction(KafkaCluster cluster, int... numbers) {
        Map<String, Object> properties =
                Map.of("bootstrap.servers", cluster.bootstrapServers(), "transactional.id", "export-topic");
        try (var producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            for (int number : numbers) {
                byte[] value = ("{\"n\":" + number + "}").getBytes(StandardCharsets.UTF_8);
                var unused = producer.send(new ProducerRecord<>("numbers", number % 2, null, value));
            }
            producer.commitTransaction();
        }
    }

    private List<String> lines() throws Exception {
        var lines = new ArrayList<String>();
        try (Stream<Path> files = Files.walk(directory.resolve("out"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".jsonl")).toList()) {
                lines.addAll(Files.readAllLines(file));
            }
        }
        return lines;
    }
}
