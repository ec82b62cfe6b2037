package io.rowlake.connect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The options that say what columns become, through the whole task. */
final class ColumnOptionsTest {

    private static final TopicPartition IMAGES = new TopicPartition("images", 0);
    private static final String COLUMNS =
            "'id':{'_classname':'IntType'},'video':{'_classname':'VideoType'},'meta':{'_classname':'JsonType'}";

    @TempDir
    private Path directory;

    private final TaskContext context = new TaskContext().withReporter();

    @Test
    void overridesAndMediaOptionsOfATopicWinOverThoseOfTheConnector() throws IOException {
        Map<String, String> options = new TreeMap<>(Map.of(
                "destination",
                "jsonl",
                "files.directory",
                directory.resolve("files").toString(),
                "schema.overrides",
                "id:double",
                "topic.images.schema.overrides",
                "id:string, meta:struct<a: double>",
                "media.reference",
                "inline",
                "topic.images.media.reference",
                "localpath",
                "topic.images.media.rewrite",
                "/home/user -> /data"));

        run(options, 0, event("'id':1,'video':{'localpath':'/home/user/a.mp4'},'meta':{'a':1}"));

        assertThat(lines()).containsExactly("{\"id\":\"1\",\"video\":\"/data/a.mp4\",\"meta\":{\"a\":1.0}}");
    }

    @Test
    void aStructOfJsonGrowsWithTheKeysOfLaterCommitsAndRefusesOtherKinds() {
        run(iceberg("struct"), 0, event("'id':0,'meta':{'b':1}"));

        run(iceberg("struct"), 1, event("'id':1,'meta':{'a':true,'b':2}"), event("'id':2,'meta':{'b':'x'}"));

        assertThat(context.reported)
                .containsExactly(
                        "2: Cannot decode event at images-0@2: column 'meta.b' must be a whole number, as before,"
                                + " but was 'x': pin its type with schema.overrides, or set json.mode=string");
        assertThat(rows()).containsExactly("0, null, Record(1, null)", "1, null, Record(2, true)");
    }

    @Test
    void aTableThatKeepsJsonAsTextGoesOnWithText() {
        run(iceberg("string"), 0, event("'id':0,'meta':{'b':1}"));

        run(iceberg("struct"), 1, event("'id':1,'meta':{'b':[2]}"), event("'id':2,'meta':'x'"));

        assertThat(context.reported).isEmpty();
        assertThat(rows()).containsExactly("0, null, {\"b\":1}", "1, null, {\"b\":[2]}", "2, null, \"x\"");
    }

    @Test
    void aRowWithoutAnyColumnThatHasATypeIsBad() {
        String event = "{'op':'c','after':{'meta':{}},'schema':{'columns':{'meta':{'_classname':'JsonType'}}}}"
                .replace('\'', '"');

        run(iceberg("struct"), 0, event);

        assertThat(context.reported)
                .containsExactly(
                        "0: Cannot decode event at images-0@0: no column can be made of it, since none has a value"
                                + " with a type: null, {} and [] have none. Pin a type with schema.overrides, or set"
                                + " json.mode=string");
    }

    /** One life of a task, which gets the events, and again what it rewinds to. */
    private void run(Map<String, String> options, long offset, String... events) {
        var task = new LakehouseSinkTask();
        task.initialize(context);
        task.start(options);
        try {
            task.open(List.of(IMAGES));
            context.rewinds.clear();
            task.put(records(offset, events));
            if (!context.rewinds.isEmpty()) {
                task.put(records(offset, events));
            }
            task.close(List.of(IMAGES));
        } finally {
            task.stop();
        }
    }

    private static List<SinkRecord> records(long offset, String... events) {
        List<SinkRecord> records = new ArrayList<>();
        for (String event : events) {
            records.add(new SinkRecord(
                    "images",
                    0,
                    null,
                    null,
                    null,
                    event.getBytes(UTF_8),
                    offset + records.size(),
                    0L,
                    TimestampType.CREATE_TIME));
        }
        return records;
    }

    private static String event(String row) {
        return "{'op':'c','after':{%s},'schema':{'columns':{%s}}}"
                .formatted(row, COLUMNS)
                .replace('\'', '"');
    }

    private Map<String, String> iceberg(String jsonMode) {
        Map<String, String> options = new TreeMap<>(Map.of(
                "name", "columns",
                "destination", "iceberg",
                "iceberg.table", "lake.images",
                "json.mode", jsonMode,
                "flush.records", "1",
                "errors.tolerance", "all"));
        catalogProperties().forEach((key, value) -> options.put("iceberg.catalog." + key, value));
        return options;
    }

    private Map<String, String> catalogProperties() {
        return Map.of(
                "type",
                "jdbc",
                "uri",
                "jdbc:sqlite:" + directory.resolve("catalog.db"),
                "jdbc.schema-version",
                "V1",
                "warehouse",
                "file:" + directory.resolve("warehouse"));
    }

    private List<String> rows() {
        List<String> rows = new ArrayList<>();
        try (var catalog = (JdbcCatalog)
                CatalogUtil.buildIcebergCatalog("rowlake", catalogProperties(), new Configuration(false))) {
            Table table = catalog.loadTable(TableIdentifier.of("lake", "images"));
            try (CloseableIterable<Record> records = IcebergGenerics.read(table).build()) {
                records.forEach(row -> rows.add(row.get(0) + ", " + row.get(1) + ", " + row.get(2)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows.stream().sorted().toList();
    }

    private List<String> lines() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("files"))) {
            Path file = files.filter(path -> path.toString().endsWith(".jsonl"))
                    .findFirst()
                    .orElseThrow();
            return Files.readAllLines(file);
        }
    }
}
