package io.rowlake.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.apache.iceberg.variants.Variant;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The options that say what columns become, through the whole task. */
final class ColumnOptionsTest {

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
                                + " but was 'x': pin its type with schema.overrides, or set json.mode=variant or string");
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
    void variantsTakeValuesOfAllKindsAndATableOfThemGoesOnWithThem() {
        run(
                versionThree("variant"),
                0,
                event("'id':0,'meta':{'b':1,'a':[]}"),
                event("'id':1,'meta':[1,'x',null]"),
                event("'id':2,'meta':null"),
                event("'id':3,'meta':1e400"));
        run(versionThree("struct"), 4, event("'id':4,'meta':{'b':'x'}"));
        run(iceberg("string"), 5, event("'id':5,'meta':7.5"));

        assertThat(context.reported)
                .containsExactly(
                        "3: Cannot decode event at images-0@3: column 'meta' must be a number that a variant holds"
                                + " without rounding it, a double or a decimal of 38 digits, but was 1e400: send it as"
                                + " text, or set json.mode=string");
        assertThat(rows())
                .containsExactly(
                        "0, null, {\"a\":[],\"b\":1}",
                        "1, null, [1,\"x\",null]",
                        "2, null, null",
                        "4, null, {\"b\":\"x\"}",
                        "5, null, 7.5");
    }

    @Test
    void variantsForATableOfVersionTwoStopTheTask() {
        run(iceberg("string"), 0, "{\"op\":\"c\",\"after\":{\"id\":0}}");

        assertThatThrownBy(() -> run(versionThree("variant"), 1, event("'id':1,'meta':{}")))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("Cannot write to table 'lake.images': column 'meta' is variant, which needs"
                        + " format version 3, but the table has version 2. Give the column another type with"
                        + " json.mode or schema.overrides, or upgrade the table to format version 3");
        assertThat(context.reported).isEmpty();
    }

    @Test
    void timesOfATableOfVersionTwoAreMicrosecondsOrBad() {
        Schema row = SchemaBuilder.struct()
                .field("id", Schema.INT64_SCHEMA)
                .field(
                        "at",
                        SchemaBuilder.int64()
                                .name("io.debezium.time.NanoTimestamp")
                                .build())
                .field("meta", Schema.OPTIONAL_STRING_SCHEMA)
                .build();

        run(
                iceberg("struct"),
                List.of(
                        record(row, new Struct(row).put("id", 0L).put("at", -1_000L), 0),
                        record(row, new Struct(row).put("id", 1L).put("at", 1_001L), 1)));

        assertThat(context.reported)
                .containsExactly(
                        "1: Cannot decode event at images-0@1: column 'at' must be a time in whole microseconds"
                                + " but has the nanoseconds 1, which the column can't hold: a new table of"
                                + " iceberg.format.version=3 can, as timestamp_ns");
        assertThat(rows()).containsExactly("0, 1969-12-31T23:59:59.999999, null");
    }

    @Test
    void aFloatThatNeeds64BitsIsBadAndSaysHowToKeepThem() {
        String event = "{'op':'c','after':{'f':1e308},'schema':{'columns':{'f':{'_classname':'FloatType'}}}}"
                .replace('\'', '"');

        run(iceberg("struct"), 0, event);

        assertThat(context.reported)
                .containsExactly("0: Cannot decode event at images-0@0: column 'f' must be a number of 32 bits but was"
                        + " 1.0E308 (to keep 64 bits, set types.float=double before the table is made, or widen the"
                        + " table's column to double)");
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
                                + " json.mode=variant or string");
    }

    private void run(Map<String, String> options, long offset, String... events) {
        new TaskLife(context, "images").run(options, offset, events);
    }

    private void run(Map<String, String> options, List<SinkRecord> records) {
        new TaskLife(context, "images").run(options, records);
    }

    private static SinkRecord record(Schema schema, Struct row, long offset) {
        return new SinkRecord("images", 0, null, null, schema, row, offset, 0L, TimestampType.CREATE_TIME);
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

    private Map<String, String> versionThree(String jsonMode) {
        Map<String, String> options = iceberg(jsonMode);
        options.put("iceberg.format.version", "3");
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
                records.forEach(row -> rows.add(row.get(0) + ", " + row.get(1) + ", " + text(row.get(2))));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows.stream().sorted().toList();
    }

    private static String text(@Nullable Object value) {
        return value instanceof Variant ? IcebergJson.of(value).toString() : String.valueOf(value);
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
