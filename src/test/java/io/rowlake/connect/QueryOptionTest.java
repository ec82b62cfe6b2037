package io.rowlake.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The option query, through the whole task. */
final class QueryOptionTest {

    private static final String COLUMNS = "'label':{'_classname':'StringType'},'width':{'_classname':'IntType'},"
            + "'height':{'_classname':'IntType'},'video':{'_classname':'VideoType'},'meta':{'_classname':'JsonType'},"
            + "'embedding':{'_classname':'ArrayType','shape':[null],'dtype':'float32'}";

    @TempDir
    private Path directory;

    private final TaskContext context = new TaskContext().withReporter();
    private final TaskLife life = new TaskLife(context, "images");

    @Test
    void columnsAreSelectedComputedAndFiltered() throws IOException {
        run(
                "SELECT label, width, video.fileurl AS video_url, meta.score, embedding[0] AS e0,"
                        + " width / height AS aspect_ratio WHERE width > 500 AND label LIKE 'c%'",
                event("'label':'cat','width':640,'height':480,'video':{'fileurl':'s3://example-bucket/a.mp4'},"
                        + "'meta':{'score':0.5},'embedding':[1.5,2]"),
                event("'label':'cow','width':500,'height':480"),
                event("'label':'dog','width':800,'height':480"),
                event("'label':'crow','width':501,'height':501"));

        assertThat(lines())
                .containsExactly(
                        "{\"label\":\"cat\",\"width\":640,\"video_url\":\"s3://example-bucket/a.mp4\",\"meta_score\":0.5,"
                                + "\"e0\":1.5,\"aspect_ratio\":1.3333333333333333}",
                        "{\"label\":\"crow\",\"width\":501,\"video_url\":null,\"meta_score\":null,\"e0\":null,"
                                + "\"aspect_ratio\":1.0}");
        assertThat(context.metric("filtered-rows")).isEqualTo(2);
    }

    @Test
    void theQueryOfATopicWinsAndOverridesHoldForItsColumns() throws IOException {
        Map<String, String> options = options("SELECT label");
        options.put("topic.images.query", "SELECT width AS w WHERE width IS NOT NULL");
        options.put("schema.overrides", "w:string");

        life.run(options, 0, event("'label':'cat','width':640"), event("'label':'cow'"));

        assertThat(lines()).containsExactly("{\"w\":\"640\"}");
    }

    @Test
    void aRowOnWhichTheQueryFailsIsBadAndTheOthersAreWritten() throws IOException {
        run(
                "SELECT label, width / height AS aspect_ratio",
                event("'label':'a','width':640,'height':480"),
                event("'label':'b','width':640,'height':0"),
                event("'label':'c','width':480,'height':480"));

        assertThat(context.reported)
                .containsExactly(
                        "1: Cannot decode event at images-0@1: column 'aspect_ratio' of the query has no value:"
                                + " 640 / 0 has no result; write NULLIF(divisor, 0) to get null");
        assertThat(lines())
                .containsExactly(
                        "{\"label\":\"a\",\"aspect_ratio\":1.3333333333333333}",
                        "{\"label\":\"c\",\"aspect_ratio\":1.0}");
    }

    @Test
    void aColumnThatTheSourceLacksStopsTheTaskBeforeAnythingIsWritten() {
        assertThatThrownBy(() -> run("SELECT label, widht", event("'label':'a','width':640")))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("'widht'")
                .hasMessageContaining("'width'");

        assertThat(directory.resolve("files/images")).doesNotExist();
    }

    @Test
    void rowsWithoutASchemaMayLackAColumnUntilItComes() throws IOException {
        run(
                "SELECT label, score WHERE score IS NULL OR score > 1",
                "{\"label\":\"a\"}",
                "{\"label\":\"b\",\"score\":0.5}",
                "{\"label\":\"c\",\"score\":2.5}");

        assertThat(lines()).containsExactly("{\"label\":\"a\"}", "{\"label\":\"c\",\"score\":2.5}");
        assertThat(context.reported).isEmpty();
    }

    @Test
    void kafkaIsToldOfRowsThatTheQueryLeavesOut() {
        var partition = new TopicPartition("images", 0);
        var task = new LakehouseSinkTask();
        task.initialize(context);
        task.start(options("SELECT label WHERE FALSE"));
        try {
            task.open(List.of(partition));
            task.put(life.records(0, event("'label':'a'"), event("'label':'b'")));

            assertThat(task.preCommit(Map.of(partition, new OffsetAndMetadata(2))))
                    .containsEntry(partition, new OffsetAndMetadata(2, "rowlake"));
        } finally {
            task.stop();
        }
        assertThat(directory.resolve("files/images/00000")).doesNotExist();
        assertThat(context.metric("filtered-rows")).isEqualTo(2);
    }

    @Test
    void aQueryThatIsNoneIsRefusedWithItsPlace() {
        assertThatThrownBy(() -> run("SELECT label FROM images"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("query: Cannot run query: ")
                .hasMessageContaining("FROM");
    }

    private void run(String query, String... events) {
        life.run(options(query), 0, events);
    }

    private Map<String, String> options(String query) {
        return new TreeMap<>(Map.of(
                "destination",
                "jsonl",
                "files.directory",
                directory.resolve("files").toString(),
                "query",
                query,
                "flush.records",
                "1",
                "errors.tolerance",
                "all"));
    }

    private static String event(String row) {
        return "{'op':'c','after':{%s},'schema':{'columns':{%s}}}"
                .formatted(row, COLUMNS)
                .replace('\'', '"');
    }

    private List<String> lines() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("files"))) {
            List<Path> found = files.filter(path -> path.toString().endsWith(".jsonl"))
                    .sorted()
                    .toList();
            return found.isEmpty() ? List.of() : Files.readAllLines(found.get(0));
        }
    }
}
