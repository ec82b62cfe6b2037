package io.rowlake.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rowlake.cli.LocalWorker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.rest.RESTCatalog;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks that have taken rows and not committed them are stopped, paused, or end with their worker. */
final class StopIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int ROWS = 2_000;
    private static final String NEVER = "3600000";

    @TempDir
    private static Path directory;

    private static KafkaCluster cluster;
    private static FeedTopics topics;
    private static RestCatalogServer catalog;
    private static LocalWorker worker;

    @BeforeAll
    static void start() {
        cluster = KafkaCluster.start(directory.resolve("cluster"));
        topics = new FeedTopics(cluster.bootstrapServers());
        catalog = RestCatalogServer.start(
                directory.resolve("catalog"), directory.resolve("warehouse").toString(), Map.of());
        worker = cluster.startWorker();
    }

    @AfterAll
    static void stop() {
        catalog.close();
        topics.close();
        cluster.close();
    }

    @Test
    void aTaskStopsInTimeThoughTheCatalogHangs() throws Exception {
        var rest = new OffsetsRest(worker, "hanging");
        feed("hanging", iceberg("hanging", NEVER));
        awaitTaken(worker, "hanging");

        Signals.suspend(catalog.process().pid());
        rest.stop();
        Signals.proceed(catalog.process().pid());
        worker.rest().putConfig("hanging", iceberg("hanging", "500"));
        rest.resume();
        topics.awaitCommitted("hanging", "hanging", ROWS, LIMIT);

        assertThat(ids("hanging")).containsExactlyInAnyOrderElementsOf(allButTheFirst());
        assertThat(Files.readString(worker.log()))
                .contains("has not ended in 3000 ms (close.timeout.ms)")
                .doesNotContain("Graceful stop of task");
    }

    @Test
    void aPausedConnectorCommitsWhatItHasTaken() throws Exception {
        var rest = new OffsetsRest(worker, "paused");
        feed("paused", iceberg("paused", "4000"));
        awaitTaken(worker, "paused");

        rest.pause();
        await().atMost(LIMIT).until(() -> rest.status().contains("PAUSED"));
        await().atMost(LIMIT).until(() -> topics.committed("paused", "paused") > 1);

        List<Long> ids = ids("paused");
        assertThat(ids)
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, ids.size()).boxed().toList());
    }

    @Test
    void aWorkerThatIsAskedToEndPublishesTheFilesOfItsTasks() throws Exception {
        LocalWorker other = cluster.startWorker(settings ->
                settings.named("other").with("group.id", "others").with("config.storage.topic", "other-configs"));
        send("files");
        other.rest().putConfig("files", files());
        awaitTaken(other, "files");

        other.close();

        assertThat(published()).isNotEmpty().doesNotHaveDuplicates();
    }

    private static void feed(String name, Map<String, String> config) throws Exception {
        send(name);
        worker.rest().putConfig(name, config);
    }

    /** The topic doesn't begin at zero, so that a task says when it takes the first record. */
    private static void send(String topic) throws Exception {
        topics.create(topic, 1);
        LongStream.range(0, ROWS).forEach(id -> topics.send(topic, 0, "{\"id\":" + id + "}"));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
            admin.deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(1)))
                    .all()
                    .get();
        }
    }

    private static void awaitTaken(LocalWorker by, String topic) {
        await().atMost(LIMIT)
                .until(() -> Files.readString(by.log()).contains("gets its records from " + topic + "-0@1 on"));
    }

    private static Map<String, String> iceberg(String topic, String interval) {
        Map<String, String> config = new HashMap<>(Map.of(
                "connector.class",
                "io.rowlake.connect.LakehouseSinkConnector",
                "tasks.max",
                "1",
                "topics",
                topic,
                "destination",
                "iceberg",
                "iceberg.table",
                "lake." + topic,
                "flush.interval.ms",
                interval));
        catalogProperties().forEach((key, value) -> config.put("iceberg.catalog." + key, value));
        return config;
    }

    private static Map<String, String> files() {
        return Map.of(
                "connector.class", "io.rowlake.connect.LakehouseSinkConnector",
                "tasks.max", "1",
                "topics", "files",
                "destination", "jsonl",
                "files.directory", directory.resolve("files").toString(),
                "flush.interval.ms", NEVER,
                "files.roll.interval.ms", NEVER);
    }

    private static Map<String, String> catalogProperties() {
        return Map.of("type", "rest", "uri", catalog.uri());
    }

    private static List<Long> ids(String table) throws IOException {
        try (RESTCatalog lake = (RESTCatalog)
                        CatalogUtil.buildIcebergCatalog("lake", catalogProperties(), new Configuration(false));
                CloseableIterable<Record> rows = IcebergGenerics.read(lake.loadTable(TableIdentifier.of("lake", table)))
                        .build()) {
            List<Long> ids = new ArrayList<>();
            rows.forEach(row -> ids.add((Long) row.getField("id")));
            return ids;
        }
    }

    private static List<Long> allButTheFirst() {
        return LongStream.range(1, ROWS).boxed().toList();
    }

    private static List<String> published() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("files"))) {
            return files.filter(file -> file.toString().endsWith(".jsonl")
                            && !file.toString().contains("/."))
                    .flatMap(StopIT::lines)
                    .toList();
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
