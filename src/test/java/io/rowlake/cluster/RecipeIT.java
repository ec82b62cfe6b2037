package io.rowlake.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rowlake.cli.ConnectorStatus;
import io.rowlake.cli.LocalWorker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Pixeltable's recipe "Export tables to CSV, JSON and Apache Iceberg", step by step, for topics that are fed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RecipeIT {

    private static final Path RECIPE = Path.of("docs/examples/recipe");
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final int FEATURES = 3;

    private Path directory;

    private KafkaCluster cluster;
    private LocalWorker worker;
    private FeedTopics topics;

    @BeforeAll
    void start(@TempDir Path made) {
        directory = made;
        cluster = KafkaCluster.start(directory.resolve("cluster"));
        worker = cluster.startWorker();
        topics = new FeedTopics(cluster.bootstrapServers());
    }

    @AfterAll
    void stop() {
        topics.close();
        worker.close();
        cluster.close();
    }

    @Test
    void featuresBecomeCsv() throws Exception {
        run("csv-features", "features.jsonl", FEATURES, files("csv"));

        assertThat(text("csv-features", ".csv"))
                .isEqualTo("label,width,height,aspect_ratio,meta\r\n"
                        + "heron,1600,1067,1.499531,\"{\"\"tags\"\":[\"\"bird\"\",\"\"water\"\"],\"\"focus\"\":0.91}\"\r\n"
                        + "otter,1280,720,1.777778,\"{\"\"tags\"\":[\"\"mammal\"\"],\"\"focus\"\":0.87}\"\r\n"
                        + "marsh frog,640,640,1.0,"
                        + "\"{\"\"tags\"\":[\"\"amphibian\"\",\"\"green\"\"],\"\"focus\"\":0.78}\"\r\n");
    }

    @Test
    void featuresBecomeJsonLinesWithTheirStructure() throws Exception {
        run("json-features", "features.jsonl", 1, files("jsonl"));

        assertThat(text("json-features", ".jsonl"))
                .isEqualTo("{\"label\":\"heron\",\"width\":1600,\"height\":1067,\"aspect_ratio\":1.499531,"
                        + "\"meta\":{\"tags\":[\"bird\",\"water\"],\"focus\":0.91}}\n");
    }

    @Test
    void featuresBecomeATypedTable() throws Exception {
        run("iceberg-features", "features.jsonl", FEATURES, iceberg("lake.features"));

        assertThat(schema("features").toString())
                .isEqualTo("struct<1: label: optional string, 2: width: optional long, 3: height: optional long, "
                        + "4: aspect_ratio: optional float, "
                        + "5: meta: optional struct<6: focus: optional double, 7: tags: optional list<string>>>");
        assertThat(rows("features"))
                .containsExactly(
                        "heron, 1600, 1067, 1.499531, Record(0.91, [bird, water])",
                        "otter, 1280, 720, 1.777778, Record(0.87, [mammal])",
                        "marsh frog, 640, 640, 1.0, Record(0.78, [amphibian, green])");
    }

    @Test
    void appendMakesThreeRowsSix() throws Exception {
        run("first", "features.jsonl", FEATURES, iceberg("lake.twice"));
        Map<String, String> second = iceberg("lake.twice");

        start("second", "features.jsonl", FEATURES, second);
        await().atMost(LIMIT).ignoreExceptions().until(() -> status("second").startsWith("FAILED"));

        assertThat(status("second"))
                .contains("Cannot write to table 'lake.twice': it exists already")
                .contains("iceberg.if.exists=append");
        assertThat(rows("twice")).hasSize(3);

        second.put("iceberg.if.exists", "append");
        worker.rest().putConfig("second", connector("second", second));
        topics.awaitCommitted("second", "second", FEATURES, LIMIT);
        assertThat(rows("twice")).hasSize(6);
    }

    @Test
    void replacePutsTheNewRowsInTheOldTablesPlaceInOneStep() throws Exception {
        run("before", "features.jsonl", FEATURES, iceberg("lake.replaced"));
        String snapshot = snapshots("replaced").get(0);
        Map<String, String> after = iceberg("lake.replaced");
        after.put("iceberg.if.exists", "replace");
        after.put("kafka.bootstrap.servers", cluster.bootstrapServers());
        after.put("schema.overrides", "width:string");

        run("after", "features.jsonl", 2, after);

        assertThat(rows("replaced"))
                .containsExactly(
                        "heron, 1600, 1067, 1.499531, Record(0.91, [bird, water])",
                        "otter, 1280, 720, 1.777778, Record(0.87, [mammal])");
        assertThat(schema("replaced").field("width").type()).isEqualTo(Types.StringType.get());
        assertThat(snapshots("replaced")).hasSize(2).first().isEqualTo(snapshot);
        assertThat(tables()).contains("replaced").noneMatch(name -> name.startsWith("replaced__"));
    }

    @Test
    void embeddingsAreListsOfFloats() throws Exception {
        run("embeddings", "embeddings.jsonl", 1, iceberg("lake.embeddings"));

        assertThat(schema("embeddings").field("embedding").type().toString()).isEqualTo("list<float>");
        assertThat(schema("embeddings").field("embedding").doc()).isEqualTo("shape [8]");
        assertThat(rows("embeddings"))
                .containsExactly("heron, [-0.3523, -0.6983, 0.3019, -0.8551, 0.0718, -0.2686, -0.884, 0.0149],"
                        + " clip-vit-b32, 2026-06-21T09:00:30.250Z");
    }

    @Test
    void aspectRatioIsDoubleByOverride() throws Exception {
        Map<String, String> config = iceberg("lake.ratios");
        config.put("query", "SELECT label, width, height, width / height AS aspect_ratio");
        config.put("schema.overrides", "aspect_ratio:double");

        run("ratios", "features.jsonl", 1, config);

        assertThat(schema("ratios").field("aspect_ratio").type()).isEqualTo(Types.DoubleType.get());
        assertThat(rows("ratios")).containsExactly("heron, 1600, 1067, 1.499531396438613");
    }

    @Test
    void wideImagesAreFilteredAndProjected() throws Exception {
        Map<String, String> config = iceberg("lake.wide");
        config.put("query", "SELECT label, width, meta.tags[0] AS tag WHERE width > 1300 AND meta.focus > 0.85");

        run("wide", "features.jsonl", 8, config);

        assertThat(rows("wide"))
                .containsExactly("heron, 1600, bird", "dragonfly, 2048, insect", "beaver, 1500, mammal");
    }

    @Test
    void videosKeepAUrlThatOthersCanOpen() throws Exception {
        Map<String, String> config = iceberg("lake.videos");
        config.put("query", "SELECT title, video.fileurl AS video_url, video");

        run("videos", "videos.jsonl", 1, config);

        assertThat(rows("videos"))
                .containsExactly("Otter at dawn, s3://example-bucket/pond/otter-dawn.mp4,"
                        + " s3://example-bucket/pond/otter-dawn.mp4");
    }

    private void run(String name, String file, int events, Map<String, String> config) throws Exception {
        start(name, file, events, config);
        topics.awaitCommitted(name, name, events, LIMIT);
    }

    private void start(String name, String file, int events, Map<String, String> config) throws Exception {
        topics.create(name, 1);
        topics.send(name, RECIPE.resolve(file), events);
        worker.rest().putConfig(name, connector(name, config));
    }

    private static Map<String, String> connector(String topic, Map<String, String> config) {
        Map<String, String> complete = new TreeMap<>(config);
        complete.put("connector.class", "io.rowlake.connect.LakehouseSinkConnector");
        complete.put("topics", topic);
        complete.put("flush.interval.ms", "300");
        return complete;
    }

    private Map<String, String> files(String format) {
        return new TreeMap<>(Map.of(
                "destination",
                format,
                "files.directory",
                directory.resolve("files").toString(),
                "files.roll.interval.ms",
                "300"));
    }

    private Map<String, String> iceberg(String table) {
        Map<String, String> config = new TreeMap<>(Map.of("destination", "iceberg", "iceberg.table", table));
        catalogProperties().forEach((key, value) -> config.put("iceberg.catalog." + key, value));
        return config;
    }

    private Map<String, String> catalogProperties() {
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

    private String status(String connector) {
        ConnectorStatus.Task task = worker.rest().status(connector).tasks().get(0);
        return task.state() + " " + task.trace();
    }

    private String text(String topic, String extension) throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("files").resolve(topic))) {
            List<Path> found =
                    files.filter(file -> file.toString().endsWith(extension)).toList();
            assertThat(found).hasSize(1);
            return Files.readString(found.get(0));
        }
    }

    private Types.StructType schema(String table) {
        try (JdbcCatalog catalog = catalog()) {
            return load(catalog, table).schema().asStruct();
        }
    }

    private List<String> tables() {
        try (JdbcCatalog catalog = catalog()) {
            return catalog.listTables(Namespace.of("lake")).stream()
                    .map(TableIdentifier::name)
                    .toList();
        }
    }

    private List<String> snapshots(String table) {
        List<String> ids = new ArrayList<>();
        try (JdbcCatalog catalog = catalog()) {
            load(catalog, table).snapshots().forEach(snapshot -> ids.add(String.valueOf(snapshot.snapshotId())));
        }
        return ids;
    }

    private List<String> rows(String table) {
        List<String> rows = new ArrayList<>();
        try (JdbcCatalog catalog = catalog();
                CloseableIterable<Record> records =
                        IcebergGenerics.read(load(catalog, table)).build()) {
            for (Record row : records) {
                List<String> cells = new ArrayList<>();
                for (int i = 0; i < row.size(); i++) {
                    cells.add(String.valueOf(row.get(i)));
                }
                rows.add(String.join(", ", cells));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }

    private JdbcCatalog catalog() {
        return (JdbcCatalog) CatalogUtil.buildIcebergCatalog("rowlake", catalogProperties(), new Configuration(false));
    }

    private static Table load(JdbcCatalog catalog, String table) {
        return catalog.loadTable(TableIdentifier.of("lake", table));
    }
}
