package io.rowlake.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rowlake.cli.LocalWorker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are there already, and a connector of another name that comes to them. */
final class ReplacedFilesIT {

    private static final Path FEATURES = Path.of("docs/examples/recipe/features.jsonl");
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final String TOPIC = "features";

    @TempDir
    private Path directory;

    @Test
    void aSecondConnectorIsKeptOffUnlessItIsToReplaceThem() throws Exception {
        try (KafkaCluster cluster = KafkaCluster.start(directory.resolve("cluster"));
                FeedTopics topics = new FeedTopics(cluster.bootstrapServers());
                LocalWorker worker = cluster.startWorker()) {
            topics.create(TOPIC, 1);
            topics.send(TOPIC, FEATURES, 3);
            worker.rest().putConfig("first", connector("jsonl"));
            topics.awaitCommitted("first", TOPIC, 3, LIMIT);
            worker.rest().delete("first");

            Map<String, String> second = connector("csv");
            worker.rest().putConfig("second", second);
            await().atMost(LIMIT).ignoreExceptions().until(() -> status(worker).startsWith("FAILED"));
            assertThat(status(worker)).contains("made by 'first'").contains("files.if.exists=append");
            assertThat(published()).hasSize(1).allMatch(file -> file.endsWith(".jsonl"));

            second.put("files.if.exists", "replace");
            second.put("kafka.bootstrap.servers", cluster.bootstrapServers());
            worker.rest().putConfig("second", second);
            topics.awaitCommitted("second", TOPIC, 3, LIMIT);
        }

        assertThat(published()).hasSize(1).allMatch(file -> file.endsWith(".csv"));
        assertThat(lines()).isEqualTo(4);
    }

    private Map<String, String> connector(String format) {
        return new TreeMap<>(Map.of(
                "connector.class",
                "io.rowlake.connect.LakehouseSinkConnector",
                "topics",
                TOPIC,
                "destination",
                format,
                "files.directory",
                directory.resolve("files").toString(),
                "files.roll.interval.ms",
                "300",
                "flush.interval.ms",
                "300"));
    }

    private static String status(LocalWorker worker) {
        var task = worker.rest().status("second").tasks().get(0);
        return task.state() + " " + task.trace();
    }

    private List<String> published() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("files").resolve(TOPIC))) {
            return files.map(Path::toString)
                    .filter(file -> file.endsWith(".csv") || file.endsWith(".jsonl"))
                    .toList();
        }
    }

    private long lines() throws IOException {
        return Files.readAllLines(Path.of(published().get(0))).size();
    }
}
