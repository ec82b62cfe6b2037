package io.rowlake.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowlake.cli.LocalWorker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A real Pixeltable's rows arrive as its own exporters write them, but for the differences that the document lists. */
@EnabledIfSystemProperty(named = "rowlake.interop", matches = "true")
final class PixeltableIT {

    private static final String TOPIC = "every_type";
    private static final Duration LIMIT = Duration.ofMinutes(1);

    /** The rows of every_type.py as they are first, and the three changes after. */
    private static final int EVENTS = 15;

    @TempDir
    private Path directory;

    @Test
    void everyTypeArrivesAsPixeltableExportsItButForTheListedDifferences() throws Exception {
        Path exports = directory.resolve("exports");
        try (KafkaCluster cluster = KafkaCluster.start(directory.resolve("cluster"));
                LocalWorker worker = cluster.startWorker();
                FeedTopics topics = new FeedTopics(cluster.bootstrapServers())) {
            topics.create(TOPIC, 1);
            PythonReader.run(
                    "every_type.py",
                    directory.resolve("pixeltable").toString(),
                    exports.toString(),
                    "--bootstrap=" + cluster.bootstrapServers(),
                    "--topic=" + TOPIC);
            connectors().forEach((name, config) -> worker.rest().putConfig(name, config));
            for (String connector : connectors().keySet()) {
                awaitCommitted(topics, connector, worker);
            }
        }

        assertThat(differences(exports)).isEmpty();

        replaceInJsonLines("\"plain\"", "\"plane\"");
        assertThat(differences(exports)).first().asString().startsWith("NOT LISTED jsonl.string.value: ids 0");
    }

    private List<String> differences(Path exports) throws IOException, InterruptedException {
        return PythonReader.run(
                "compare_exports.py",
                exports.toString(),
                directory.resolve("catalog.db").toString(),
                directory.resolve("warehouse").toString(),
                "lake." + TOPIC,
                directory.resolve("jsonl").toString(),
                directory.resolve("csv").toString(),
                Path.of("docs", "pixeltable-differences.md").toAbsolutePath().toString());
    }

    /** So that a comparison that can't fail is noticed. */
    private void replaceInJsonLines(String found, String replacement) throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("jsonl"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".jsonl")).toList()) {
                Files.writeString(file, Files.readString(file).replace(found, replacement));
            }
        }
    }

    private static void awaitCommitted(FeedTopics topics, String connector, LocalWorker worker) {
        worker.rest().awaitRunning(connector, 1, LIMIT);
        Awaitility.await(connector)
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(500))
                .failFast(() -> worker.rest().status(connector).failIfFailed())
                .until(() -> topics.committed(connector, TOPIC) == EVENTS);
    }

    private Map<String, Map<String, String>> connectors() {
        Map<String, String> iceberg = common("iceberg");
        iceberg.put("iceberg.table", "lake.${topic}");
        iceberg.put("iceberg.catalog.type", "jdbc");
        iceberg.put("iceberg.catalog.uri", "jdbc:sqlite:" + directory.resolve("catalog.db"));
        iceberg.put("iceberg.catalog.jdbc.schema-version", "V1");
        iceberg.put("iceberg.catalog.warehouse", "file:" + directory.resolve("warehouse"));
        Map<String, String> jsonl = common("jsonl");
        jsonl.put("files.directory", directory.resolve("jsonl").toString());
        Map<String, String> csv = common("csv");
        csv.put("files.directory", directory.resolve("csv").toString());
        return Map.of("to-iceberg", iceberg, "to-jsonl", jsonl, "to-csv", csv);
    }

    private static Map<String, String> common(String destination) {
        return new TreeMap<>(Map.of(
                "connector.class", "io.rowlake.connect.LakehouseSinkConnector",
                "tasks.max", "1",
                "topics", TOPIC,
                "destination", destination,
                "flush.interval.ms", "400",
                "files.roll.interval.ms", "1500"));
    }
}
