package io.rowlake.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowlake.cli.LocalWorker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every change stands in every destination once, however often the worker is killed on the way. */
final class ExactlyOnceIT {

    private static final Logger LOG = LoggerFactory.getLogger(ExactlyOnceIT.class);
    private static final int KILLS = 6;
    private static final Duration DRAIN_LIMIT = Duration.ofMinutes(3);

    @TempDir
    private Path directory;

    @Test
    void aWorkerThatIsKilledAgainAndAgainLosesNothingAndDoublesNothing() throws Exception {
        long seed = Long.getLong("rowlake.seed", System.nanoTime());
        LOG.info("Kills follow the seed {}; -Drowlake.seed repeats it", seed);
        try (KafkaCluster cluster = KafkaCluster.start(directory);
                NumberedChanges changes = new NumberedChanges(cluster.bootstrapServers());
                LocalWorker worker = cluster.startWorker()) {
            connectors().forEach((name, config) -> worker.rest().putConfig(name, config));
            changes.sendInBackground();
            killAndRestart(worker, new Random(seed));
            changes.awaitSent();

            changes.awaitCommitted(connectors().keySet(), DRAIN_LIMIT);
        }

        assertOnceEach(OffsetsSeen.inIceberg(catalog(), "lake", "changes"));
        assertOnceEach(OffsetsSeen.inJsonLines(directory.resolve("jsonl")));
        assertOnceEach(OffsetsSeen.inCsv(directory.resolve("csv")));
        assertPyIcebergSeesTheSame();
    }

    private static void killAndRestart(LocalWorker worker, Random random) {
        for (int kill = 1; kill <= KILLS; kill++) {
            long moment = 1_000L + random.nextInt(5_000);
            Awaitility.await()
                    .pollDelay(Duration.ofMillis(moment))
                    .timeout(Duration.ofMillis(moment + 10_000))
                    .until(() -> true);
            LOG.info("Kill {} of {}, {} ms after the start", kill, KILLS, moment);
            worker.kill();
            worker.restart();
        }
    }

    private static void assertOnceEach(OffsetsSeen seen) {
        assertThat(seen.differenceFromOnceEach(NumberedChanges.PARTITIONS, NumberedChanges.CHANGES_A_PARTITION))
                .isEmpty();
        assertThat(seen.rows()).isEqualTo((long) NumberedChanges.PARTITIONS * NumberedChanges.CHANGES_A_PARTITION);
    }

    private void assertPyIcebergSeesTheSame() throws IOException, InterruptedException {
        if (!PythonReader.isWanted()) {
            return;
        }
        List<String> lines = PythonReader.run(
                "offsets_seen.py",
                directory.resolve("catalog.db").toString(),
                directory.resolve("warehouse").toString(),
                "lake.changes");

        int changes = NumberedChanges.CHANGES_A_PARTITION;
        assertThat(lines)
                .isEqualTo(IntStream.range(0, NumberedChanges.PARTITIONS)
                        .mapToObj(partition -> partition + " " + changes + " " + changes + " 0 " + (changes - 1))
                        .toList());
    }

    private Map<String, Map<String, String>> connectors() {
        Map<String, String> iceberg = common("iceberg");
        iceberg.put("iceberg.table", "lake.${topic}");
        catalog().forEach((key, value) -> iceberg.put("iceberg.catalog." + key, value));
        Map<String, String> jsonl = common("jsonl");
        jsonl.put("files.directory", directory.resolve("jsonl").toString());
        jsonl.put("files.roll.records", "3000");
        Map<String, String> csv = common("csv");
        csv.put("files.directory", directory.resolve("csv").toString());
        csv.put("files.roll.size.bytes", "100000");
        return Map.of("to-iceberg", iceberg, "to-jsonl", jsonl, "to-csv", csv);
    }

    private static Map<String, String> common(String destination) {
        return new TreeMap<>(Map.of(
                "connector.class", "io.rowlake.connect.LakehouseSinkConnector",
                "tasks.max", "2",
                "topics", NumberedChanges.TOPIC,
                "destination", destination,
                "batch.size.bytes", "1048576",
                "flush.interval.ms", "400",
                "files.roll.interval.ms", "1500"));
    }

    private Map<String, String> catalog() {
        return Map.of(
                "type",
                "jdbc",
                "uri",
                "jdbc:sqlite:" + directory.resolve("catalog.db") + "?busy_timeout=10000&journal_mode=WAL",
                "jdbc.schema-version",
                "V1",
                "warehouse",
                "file:" + directory.resolve("warehouse"));
    }
}
