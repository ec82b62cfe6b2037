package io.rowlake.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rowlake.cli.LocalWorker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the destination says goes, whatever others do to the table, the topic and the consumer group meanwhile. */
final class LedgerIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private static Path directory;

    private static KafkaCluster cluster;
    private static FeedTopics topics;
    private static LocalWorker worker;

    @BeforeAll
    static void start() {
        cluster = KafkaCluster.start(directory.resolve("cluster"));
        topics = new FeedTopics(cluster.bootstrapServers());
        worker = cluster.startWorker();
    }

    @AfterAll
    static void stop() {
        topics.close();
        cluster.close();
    }

    @Test
    void offsetsThatAPersonSetsAreTakenOverOrRefused() throws Exception {
        var rest = new OffsetsRest(worker, "set");
        startWithRows("set", 5);
        rest.stop();

        String has =
                "'lake.set' has it up to offset 5, and the connector goes on where its destination stands. Rows that"
                        + " it has would be written twice. To read them again, roll the table back to a snapshot before them: the"
                        + " offsets go back with it. To go back without that, after removing the rows or with a topic that was"
                        + " created anew, set offsets.reset=allow in the connector's configuration first";
        assertThat(rest.set("set", 2)).isEqualTo("Cannot set the offset of set-0 to 2: " + has);
        assertThat(rest.reset()).isEqualTo("Cannot reset the offset of set-0: " + has);
        assertThat(rest.set("set", 7)).isEqualTo("The offsets for this connector have been altered successfully");
        send("set", 5, 9);
        rest.resume();

        topics.awaitCommitted("set", "set", 9, LIMIT);
        assertThat(ids("set")).containsExactlyInAnyOrder(0L, 1L, 2L, 3L, 4L, 7L, 8L);
    }

    @Test
    void aTopicThatIsCreatedAnewWhileTheConnectorRunsFailsItsTaskUntilAPersonDecides() throws Exception {
        var rest = new OffsetsRest(worker, "anew");
        startWithRows("anew", 5);

        recreate("anew");
        send("anew", 100, 102);
        await().atMost(LIMIT).until(() -> rest.status().contains("\"FAILED\""));
        assertThat(rest.status())
                .contains(
                        "Cannot go on with anew-0: lake.anew has it up to offset 5, but Kafka went back to offset 0 by"
                                + " itself. The topic was deleted and created anew, or was cut off, so that its offsets stand for"
                                + " other records. None of them is written. Write the new topic to another table or directory, or"
                                + " have this table forget the offsets of the old one: docs/operations.md, Recreated topics");
        assertThat(ids("anew")).hasSize(5);

        rest.stop();
        worker.rest().putConfig("anew", connector("anew", Map.of("offsets.reset", "allow")));
        assertThat(rest.reset()).isEqualTo("The offsets for this connector have been reset successfully");
        rest.resume();
        topics.awaitCommitted("anew", "anew", 2, LIMIT);
        assertThat(ids("anew")).containsExactlyInAnyOrder(0L, 1L, 2L, 3L, 4L, 100L, 101L);
    }

    @Test
    void aTopicThatIsCreatedAnewWhileTheConnectorIsStoppedFailsItsTask() throws Exception {
        var rest = new OffsetsRest(worker, "later");
        startWithRows("later", 5);
        rest.stop();

        recreate("later");
        send("later", 100, 102);
        rest.resume();

        await().atMost(LIMIT).until(() -> rest.status().contains("\"FAILED\""));
        assertThat(rest.status())
                .contains(
                        "Cannot go on with later-0: lake.later has it up to offset 5, but Kafka went back to offset 0 by"
                                + " itself");
        assertThat(ids("later")).hasSize(5);
    }

    @Test
    void aTableThatIsRolledBackIsReadAgainFromThereRunningOrStopped() throws Exception {
        var rest = new OffsetsRest(worker, "back");
        startWithRows("back", 3);
        long first = snapshot("back");
        send("back", 3, 6);
        topics.awaitCommitted("back", "back", 6, LIMIT);

        rollBack("back", first);
        send("back", 6, 7);
        await().atMost(LIMIT).untilAsserted(() -> assertThat(ids("back")).containsExactlyInAnyOrderElementsOf(upTo(7)));
        topics.awaitCommitted("back", "back", 7, LIMIT);

        rest.stop();
        rollBack("back", first);
        assertThat(ids("back")).containsExactlyInAnyOrderElementsOf(upTo(3));
        rest.resume();
        await().atMost(LIMIT).untilAsserted(() -> assertThat(ids("back")).containsExactlyInAnyOrderElementsOf(upTo(7)));
    }

    @Test
    void recordsThatKafkaRemovesBeforeTheyAreWrittenAreReported() throws Exception {
        var rest = new OffsetsRest(worker, "removed");
        startWithRows("removed", 3);
        rest.stop();
        send("removed", 3, 9);
        removeBefore("removed", 7);
        worker.rest()
                .putConfig(
                        "removed", connector("removed", Map.of("kafka.bootstrap.servers", cluster.bootstrapServers())));

        rest.resume();

        topics.awaitCommitted("removed", "removed", 9, LIMIT);
        assertThat(ids("removed")).containsExactlyInAnyOrder(0L, 1L, 2L, 7L, 8L);
        assertThat(Files.readString(worker.log()))
                .contains(
                        "Kafka has removed up to 4 records of removed-0 before they were written: the destination goes on"
                                + " from offset 3, and the log begins at 7. The rows after that follow.");
    }

    @Test
    void transactionsThatAreAbortedLeaveNoRowAndNoLagButTheirOwn() throws Exception {
        topics.create("transactions", 1);
        try (var producer = transactional()) {
            transaction(producer, 0, 3);
            producer.commitTransaction();
            transaction(producer, 100, 102);
            producer.abortTransaction();
            transaction(producer, 3, 5);
            producer.commitTransaction();

            worker.rest()
                    .putConfig(
                            "transactions",
                            connector("transactions", Map.of("consumer.override.isolation.level", "read_committed")));
            topics.awaitCommitted("transactions", "transactions", 9, LIMIT);
            transaction(producer, 200, 202);
            producer.abortTransaction();
            transaction(producer, 5, 6);
            producer.commitTransaction();
        }
        topics.awaitCommitted("transactions", "transactions", 14, LIMIT);

        assertThat(ids("transactions")).containsExactlyInAnyOrderElementsOf(upTo(6));
    }

    @Test
    void gapsThatCompactionMakesAreNoLossAndNoLag() throws Exception {
        var log = new CompactedTopic(cluster.bootstrapServers(), "compacted");
        log.create();
        for (int id = 0; id < 10; id++) {
            log.send("same", id);
        }
        await().atMost(LIMIT).pollInterval(Duration.ofSeconds(2)).until(() -> {
            // The newest segment is never compacted, so that another one has to begin.
            log.send("later", 10);
            return log.firstOffset() == 9;
        });

        worker.rest().putConfig("compacted", connector("compacted", Map.of()));
        topics.awaitCommitted("compacted", "compacted", log.end(), LIMIT);
        log.send("last", 11);
        topics.awaitCommitted("compacted", "compacted", log.end(), LIMIT);

        assertThat(ids("compacted")).containsOnly(9L, 10L, 11L).containsOnlyOnce(9L, 11L);
    }

    @Test
    void recordsThatATransformationDropsShowNoLag() throws Exception {
        topics.create("dropped", 1);
        send("dropped", 0, 3);
        topics.send("dropped", 0, "{\"id\":3}");
        worker.rest()
                .putConfig(
                        "dropped",
                        connector(
                                "dropped",
                                Map.of(
                                        "transforms", "drop",
                                        "transforms.drop.type", "org.apache.kafka.connect.transforms.Filter")));

        topics.awaitCommitted("dropped", "dropped", 4, LIMIT);
    }

    private static void startWithRows(String name, int rows) throws Exception {
        topics.create(name, 1);
        send(name, 0, rows);
        worker.rest().putConfig(name, connector(name, Map.of()));
        topics.awaitCommitted(name, name, rows, LIMIT);
    }

    private static void send(String topic, long from, long to) {
        LongStream.range(from, to).forEach(id -> topics.send(topic, 0, "{\"id\":" + id + "}"));
    }

    private static List<Long> upTo(long end) {
        return LongStream.range(0, end).boxed().toList();
    }

    private static void recreate(String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
            admin.deleteTopics(List.of(topic)).all().get();
            await().atMost(LIMIT).until(() -> !admin.listTopics().names().get().contains(topic));
        }
        await().atMost(LIMIT).ignoreExceptions().until(() -> {
            topics.create(topic, 1);
            return true;
        });
    }

    private static void removeBefore(String topic, long offset) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
            admin.deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(offset)))
                    .all()
                    .get();
        }
    }

    private static KafkaProducer<String, String> transactional() {
        var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", cluster.bootstrapServers(), "transactional.id", "feed"),
                new StringSerializer(),
                new StringSerializer());
        producer.initTransactions();
        return producer;
    }

    private static void transaction(KafkaProducer<String, String> producer, long from, long to) {
        producer.beginTransaction();
        LongStream.range(from, to).forEach(id -> {
            var unused = producer.send(new ProducerRecord<>("transactions", 0, null, "{\"id\":" + id + "}"));
        });
        producer.flush();
    }

    private static Map<String, String> connector(String topic, Map<String, String> more) {
        Map<String, String> config = new HashMap<>(Map.of(
                "connector.class", "io.rowlake.connect.LakehouseSinkConnector",
                "topics", topic,
                "key.converter", "org.apache.kafka.connect.converters.ByteArrayConverter",
                "value.converter", "org.apache.kafka.connect.converters.ByteArrayConverter",
                "destination", "iceberg",
                "iceberg.table", "lake.${topic}",
                "iceberg.catalog.type", "jdbc",
                "flush.interval.ms", "300"));
        catalogProperties().forEach((key, value) -> config.put("iceberg.catalog." + key, value));
        config.putAll(more);
        return config;
    }

    private static Map<String, String> catalogProperties() {
        return Map.of(
                "uri",
                "jdbc:sqlite:" + directory.resolve("catalog.db") + "?busy_timeout=10000&journal_mode=WAL",
                "jdbc.schema-version",
                "V1",
                "warehouse",
                "file:" + directory.resolve("warehouse"));
    }

    private static JdbcCatalog catalog() {
        return (JdbcCatalog) CatalogUtil.loadCatalog(
                JdbcCatalog.class.getName(), "rowlake", catalogProperties(), new Configuration(false));
    }

    private static Table table(JdbcCatalog catalog, String name) {
        return catalog.loadTable(TableIdentifier.of("lake", name));
    }

    private static long snapshot(String name) {
        try (var catalog = catalog()) {
            return table(catalog, name).currentSnapshot().snapshotId();
        }
    }

    private static void rollBack(String name, long snapshot) {
        try (var catalog = catalog()) {
            table(catalog, name).manageSnapshots().rollbackTo(snapshot).commit();
        }
    }

    private static List<Long> ids(String name) throws Exception {
        List<Long> ids = new ArrayList<>();
        try (var catalog = catalog();
                CloseableIterable<Record> rows =
                        IcebergGenerics.read(table(catalog, name)).build()) {
            rows.forEach(row -> ids.add((Long) row.getField("id")));
        }
        return ids;
    }
}
