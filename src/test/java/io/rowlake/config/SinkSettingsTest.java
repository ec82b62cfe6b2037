package io.rowlake.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigException;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SinkSettingsTest {

    private static final Map<String, String> ICEBERG = Map.of(
            "name", "lake",
            "connector.class", "io.rowlake.connect.LakehouseSinkConnector",
            "topics", "images",
            "destination", "iceberg",
            "iceberg.table", "lake.${topic}",
            "iceberg.catalog.type", "jdbc",
            "iceberg.catalog.uri", "jdbc:sqlite:catalog.db");

    private static final Map<String, String> JSONL =
            Map.of("name", "files", "topics", "images", "destination", "jsonl", "files.directory", "out");

    @Test
    void aCatalogAndATableNameAreEnough() {
        assertThat(SinkSettings.problems(ICEBERG)).isEmpty();
        assertThat(SinkSettings.of(ICEBERG).tick()).hasMillis(1000);
        assertThat(SinkSettings.problems(JSONL)).isEmpty();
    }

    @Test
    void everyProblemIsNamedAtOnce() {
        Map<String, String> wrong =
                with(with(with(ICEBERG, "iceberg.table", "images"), "flush.intervall.ms", "5"), "snack", "apple");

        assertThatThrownBy(() -> SinkSettings.of(wrong))
                .isInstanceOf(ConfigException.class)
                .hasMessage("Unknown option 'flush.intervall.ms': did you mean 'flush.interval.ms'?;"
                        + " iceberg.table must be namespace-qualified, as in lake.images or lake.${topic}, but was"
                        + " 'images'; Unknown option 'snack'");
    }

    @Test
    void connectsOwnOptionsAreKnown() {
        Map<String, String> configuration = new TreeMap<>(JSONL);
        configuration.putAll(Map.of(
                "tasks.max", "2",
                "key.converter", "org.apache.kafka.connect.converters.ByteArrayConverter",
                "value.converter.schemas.enable", "false",
                "transforms", "route",
                "transforms.route.type", "org.apache.kafka.connect.transforms.RegexRouter",
                "errors.tolerance", "all",
                "errors.deadletterqueue.topic.name", "dead",
                "consumer.override.max.poll.records", "5000",
                "config.action.reload", "none"));

        assertThat(SinkSettings.problems(configuration)).isEmpty();
    }

    @Test
    void aTopicHasOptionsOfItsOwn() {
        Map<String, String> configuration = new TreeMap<>(ICEBERG);
        configuration.put("topic.shop.images.iceberg.table", "shop.images");
        configuration.put("topic.shop.images.event.format", "row");
        configuration.put("topic.shop.images.iceberg.partition.by", "bucket(4, id)");
        configuration.put("topic.shop.images.schema", "{\"columns\": {\"id\": {\"_classname\": \"IntType\"}}}");

        assertThat(SinkSettings.problems(configuration)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "topic.images.event.format | rows | topic.images.event.format must be one of auto, envelope, debezium,"
                        + " row but was rows",
                "topic.images.iceberg.table | images | topic.images.iceberg.table must be namespace-qualified, as in"
                        + " lake.images or lake.${topic}, but was 'images'",
                "topic.images.flush.records | 5 | Unknown option 'topic.images.flush.records': a topic's option is"
                        + " topic.<topic>.<option>, where the option is one of event.format, iceberg.partition.by,"
                        + " iceberg.table, json.mode, media.reference, media.rewrite, query, schema,"
                        + " schema.overrides",
                "topic.images.schema | nowhere.json | topic.images.schema must be a schema in Pixeltable's form: Cannot"
                        + " read the schema file nowhere.json",
            })
    void aTopicsOptionIsChecked(String key, String value, String message) {
        assertThat(SinkSettings.problems(with(ICEBERG, key, value))).isEqualTo(Map.of(key, message));
    }

    @Test
    void theQueryOfATopicIsChecked() {
        assertThat(SinkSettings.problems(with(ICEBERG, "topic.images.query", "SELECT a FROM b")))
                .containsOnlyKeys("topic.images.query")
                .hasValueSatisfying(new Condition<>(
                        message ->
                                message.startsWith("topic.images.query: Cannot run query: leave FROM out: the topic is"
                                        + " the table, at character 10:"),
                        "the reason and the place"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "json.mode | variant | json.mode must be struct or string where iceberg.format.version is 2 but was"
                        + " variant: set iceberg.format.version=3, which variants need",
                "topic.a.b.json.mode | variant | topic.a.b.json.mode must be struct or string where"
                        + " iceberg.format.version is 2 but was variant: set iceberg.format.version=3, which variants"
                        + " need",
                "schema.overrides | meta:list<struct<x: variant>> | schema.overrides must give types of format version"
                        + " 2 where iceberg.format.version is 2 but gives column 'meta' one of version 3: set"
                        + " iceberg.format.version=3, which variant, timestamp_ns and timestamptz_ns need",
                "topic.a.schema.overrides | x:long, at:timestamp_ns | topic.a.schema.overrides must give types of"
                        + " format version 2 where iceberg.format.version is 2 but gives column 'at' one of version 3:"
                        + " set iceberg.format.version=3, which variant, timestamp_ns and timestamptz_ns need",
            })
    void typesOfVersionThreeNeedIt(String key, String value, String message) {
        assertThat(SinkSettings.problems(with(ICEBERG, key, value))).isEqualTo(Map.of(key, message));
        assertThat(SinkSettings.problems(with(with(ICEBERG, key, value), "iceberg.format.version", "3")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "json.mode | variant | json.mode must be struct or string for destination=jsonl but was variant: only"
                        + " Iceberg tables have variants, files have JSON as it is",
                "schema.overrides | at:timestamp_ns, meta:variant | schema.overrides must give no variants for"
                        + " destination=jsonl but gives column 'meta' one: only Iceberg tables have variants, use json",
            })
    void filesHaveNoVariants(String key, String value, String message) {
        assertThat(SinkSettings.problems(with(JSONL, key, value))).isEqualTo(Map.of(key, message));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "destination | parquet | destination must be one of iceberg, jsonl, csv but was parquet",
                "batch.size.bytes | 10 | batch.size.bytes must be 1024 to 1073741824 but was 10",
                "batch.size.bytes | many | Invalid value many for configuration batch.size.bytes: Not a number of type"
                        + " LONG",
                "flush.interval.ms | 0 | flush.interval.ms must be at least 1 but was 0",
                "files.roll.records | -1 | files.roll.records must be at least 1 but was -1",
                "files.compression | lzo | files.compression must be one of none, gzip, zstd but was lzo",
                "csv.delimiter | ;; | csv.delimiter must be a single character, not a quote or a line break, or \\t but"
                        + " was ';;'",
                "csv.quoting | some | csv.quoting must be one of minimal, all, nonnumeric, none but was some",
                "event.format | json | event.format must be one of auto, envelope, debezium, row but was json",
                "json.mode | text | json.mode must be one of struct, variant, string but was text",
                "types.float | half | types.float must be one of float, double but was half",
                "iceberg.format.version | 1 | iceberg.format.version must be 2 to 3 but was 1",
                "json.nonfinite | zero | json.nonfinite must be one of null, string, token but was zero",
                "binary.encoding | hex | binary.encoding must be one of exclude, base64 but was hex",
            })
    void aWrongValueIsRefused(String key, String value, String message) {
        assertThatThrownBy(() -> SinkSettings.of(with(JSONL, key, value)))
                .isInstanceOf(ConfigException.class)
                .hasMessage(message);
    }

    @Test
    void eachDestinationSaysWhatItNeeds() {
        assertThat(SinkSettings.problems(Map.of("destination", "iceberg")))
                .isEqualTo(Map.of(
                        "iceberg.table",
                        "iceberg.table must be set for destination=iceberg, as in lake.images or lake.${topic}",
                        "iceberg.catalog.type",
                        "iceberg.catalog.type must be set for destination=iceberg: rest, jdbc, hive, glue, nessie,"
                                + " hadoop, or iceberg.catalog.catalog-impl with a class"));
        assertThat(SinkSettings.problems(Map.of("destination", "csv")))
                .isEqualTo(Map.of("files.directory", "files.directory must be set for destination=csv"));
    }

    @Test
    void aFileIsTickedAsOftenAsItRolls() {
        assertThat(SinkSettings.of(with(JSONL, "files.roll.interval.ms", "200")).tick())
                .hasMillis(200);
        assertThat(SinkSettings.of(with(JSONL, "flush.interval.ms", "300")).tick())
                .hasMillis(300);
    }

    @Test
    void theVersionIsThatOfTheBuild() {
        assertThat(Version.current()).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
    }

    private static Map<String, String> with(Map<String, String> configuration, String key, String value) {
        Map<String, String> changed = new HashMap<>(configuration);
        changed.put(key, value);
        return changed;
    }
}
