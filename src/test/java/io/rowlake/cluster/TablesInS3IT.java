package io.rowlake.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowlake.cli.LocalWorker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.rest.RESTCatalog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plugin, with nothing beside it, writes tables of a REST catalog whose files are in S3. */
final class TablesInS3IT {

    private static final String TOPIC = "numbers";
    private static final int ROWS = 100;

    @TempDir
    private Path directory;

    @Test
    void rowsComeToATableOfARestCatalogInS3() throws Exception {
        try (S3Server s3 = S3Server.start(directory, "lake");
                RestCatalogServer server = RestCatalogServer.start(
                        directory, "s3://lake/warehouse", S3Server.fileIoProperties(s3.endpoint()));
                KafkaCluster cluster = KafkaCluster.start(directory);
                FeedTopics topics = new FeedTopics(cluster.bootstrapServers());
                LocalWorker worker = cluster.startWorker()) {
            Map<String, String> catalog = new HashMap<>(S3Server.fileIoProperties(s3.endpoint()));
            catalog.putAll(Map.of("type", "rest", "uri", server.uri()));
            topics.create(TOPIC, 1);
            worker.rest().putConfig("to-s3", connector(catalog));
            for (int number = 0; number < ROWS; number++) {
                topics.send(TOPIC, 0, "{\"n\":" + number + "}");
            }

            topics.awaitCommitted("to-s3", TOPIC, ROWS, Duration.ofMinutes(1));

            assertThat(numbers(catalog))
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.range(0, ROWS).boxed().toList());
        }
    }

    private static Map<String, String> connector(Map<String, String> catalog) {
        Map<String, String> config = new HashMap<>(Map.of(
                "connector.class", "io.rowlake.connect.LakehouseSinkConnector",
                "tasks.max", "1",
                "topics", TOPIC,
                "destination", "iceberg",
                "iceberg.table", "lake.numbers",
                "flush.interval.ms", "500"));
        catalog.forEach((key, value) -> config.put("iceberg.catalog." + key, value));
        return config;
    }

    private static List<Long> numbers(Map<String, String> properties) throws Exception {
        try (RESTCatalog catalog =
                        (RESTCatalog) CatalogUtil.buildIcebergCatalog("lake", properties, new Configuration(false));
                CloseableIterable<Record> rows = IcebergGenerics.read(
                                catalog.loadTable(TableIdentifier.of("lake", "numbers")))
                        .build()) {
            List<Long> numbers = new ArrayList<>();
            rows.forEach(row -> numbers.add((Long) row.getField("n")));
            return numbers;
        }
    }
}
