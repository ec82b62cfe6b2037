package io.rowlake.cluster;

import io.rowlake.cli.LocalWorker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka is told what the destination has, though no record comes that would be an occasion. */
final class TrueLagIT {

    private static final Path FEATURES = Path.of("docs/examples/recipe/features.jsonl");
    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final String TOPIC = "features";

    @TempDir
    private Path directory;

    @Test
    void aTaskThatFindsEverythingInTheDestinationShowsNoLag() throws Exception {
        try (KafkaCluster cluster = KafkaCluster.start(directory.resolve("cluster"));
                FeedTopics topics = new FeedTopics(cluster.bootstrapServers());
                LocalWorker worker = cluster.startWorker()) {
            topics.create(TOPIC, 1);
            topics.send(TOPIC, FEATURES, 3);
            worker.rest().putConfig("sink", connector());
            topics.awaitCommitted("sink", TOPIC, 3, LIMIT);
            worker.rest().delete("sink");
            topics.forget("sink", LIMIT);

            worker.rest().putConfig("sink", connector());

            topics.awaitCommitted("sink", TOPIC, 3, LIMIT);
        }
    }

    private Map<String, String> connector() {
        return Map.of(
                "connector.class", "io.rowlake.connect.LakehouseSinkConnector",
                "topics", TOPIC,
                "destination", "jsonl",
                "files.directory", directory.resolve("files").toString(),
                "files.roll.interval.ms", "300",
                "flush.interval.ms", "300");
    }
}
