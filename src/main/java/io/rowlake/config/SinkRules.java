package io.rowlake.config;

import io.rowlake.config.SinkOptions.Destination;
import io.rowlake.decode.DecodeSettings.EventFormat;
import io.rowlake.decode.DecodeSettings.FixedArrays;
import io.rowlake.decode.PixeltableSchemas;
import io.rowlake.event.TableName;
import io.rowlake.shape.ShapeSettings.JsonMode;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** The rules that concern more than one option, or options that the definition can't name. */
final class SinkRules {

    private final Map<String, String> configuration;
    private final Map<String, String> problems = new TreeMap<>();

    private SinkRules(Map<String, String> configuration) {
        this.configuration = configuration;
    }

    /** By option, what is wrong. */
    static Map<String, String> problems(Map<String, String> configuration) {
        var rules = new SinkRules(configuration);
        rules.problems.putAll(ForeignOptions.unknown(
                configuration.keySet(), SinkOptions.definition().names()));
        rules.problems.putAll(VersionThreeRule.problems(configuration));
        rules.checkDestination();
        rules.checkReplace();
        configuration.forEach(
                (key, value) -> TopicOption.parse(key).ifPresent(option -> rules.checkTopicOption(key, option, value)));
        return rules.problems;
    }

    private void checkDestination() {
        String destination = configuration.getOrDefault(SinkOptions.DESTINATION, "");
        if (destination.equals(Destination.ICEBERG.name().toLowerCase(Locale.ROOT))) {
            checkIceberg();
        } else if (Choices.of(Destination.class).values().contains(destination)
                && configuration.getOrDefault(SinkOptions.FILES_DIRECTORY, "").isBlank()) {
            problems.put(
                    SinkOptions.FILES_DIRECTORY,
                    SinkOptions.FILES_DIRECTORY + " must be set for destination=" + destination);
        }
    }

    private void checkReplace() {
        if (SinkSettings.replaces(configuration)
                && !configuration.getOrDefault(SinkOptions.ICEBERG_BRANCH, "").isBlank()) {
            problems.put(
                    SinkOptions.ICEBERG_BRANCH,
                    SinkOptions.ICEBERG_BRANCH + " must not be set with " + SinkOptions.ICEBERG_IF_EXISTS
                            + "=replace: only a whole table can be replaced");
        }
        String servers = SinkOptions.KAFKA_PREFIX + "bootstrap.servers";
        if (SinkSettings.replaces(configuration)
                && !configuration.containsKey(SinkOptions.REPLACE_UNTIL)
                && configuration.getOrDefault(servers, "").isBlank()) {
            problems.put(
                    servers,
                    servers
                            + " must be set to replace an existing target: the connector asks Kafka where its topics end,"
                            + " to know when the new content is complete");
        }
    }

    private void checkIceberg() {
        String table = configuration.getOrDefault(SinkOptions.ICEBERG_TABLE, "");
        if (table.isBlank()) {
            problems.put(
                    SinkOptions.ICEBERG_TABLE,
                    SinkOptions.ICEBERG_TABLE
                            + " must be set for destination=iceberg, as in lake.images or lake.${topic}");
        } else {
            checkTable(SinkOptions.ICEBERG_TABLE, table);
        }
        boolean hasCatalog = configuration.keySet().stream()
                .anyMatch(key -> key.equals(SinkOptions.ICEBERG_CATALOG_PREFIX + "type")
                        || key.equals(SinkOptions.ICEBERG_CATALOG_PREFIX + "catalog-impl"));
        if (!hasCatalog) {
            String option = SinkOptions.ICEBERG_CATALOG_PREFIX + "type";
            problems.put(
                    option,
                    option + " must be set for destination=iceberg: rest, jdbc, hive, glue, nessie, hadoop, or"
                            + " iceberg.catalog.catalog-impl with a class");
        }
    }

    private void checkTable(String option, String table) {
        try {
            TableName.parse(IcebergRoutes.tableName(table, "topic"));
        } catch (IllegalArgumentException e) {
            problems.put(
                    option,
                    option + " must be namespace-qualified, as in lake.images or lake.${topic}, but was '" + table
                            + "'");
        }
    }

    private void checkTopicOption(String key, TopicOption option, String value) {
        switch (option.option()) {
            case SinkOptions.EVENT_FORMAT -> check(key, value, Choices.of(EventFormat.class));
            case SinkOptions.ICEBERG_PARTITION_BY -> check(key, value, ParsedRule.PARTITIONS);
            case SinkOptions.ICEBERG_TABLE -> checkTable(key, value);
            case SinkOptions.SCHEMA -> checkSchema(key, value);
            case SinkOptions.QUERY -> check(key, value, ParsedRule.QUERY);
            case SinkOptions.SCHEMA_OVERRIDES -> check(key, value, ParsedRule.OVERRIDES);
            case SinkOptions.MEDIA_REFERENCE -> check(key, value, ParsedRule.MEDIA_REFERENCE);
            case SinkOptions.MEDIA_REWRITE -> check(key, value, ParsedRule.MEDIA_REWRITE);
            case SinkOptions.JSON_MODE -> check(key, value, Choices.of(JsonMode.class));
            default -> throw new IllegalStateException("No rule for the topic's option " + option.option());
        }
    }

    private void check(String key, String value, ConfigDef.Validator rule) {
        try {
            rule.ensureValid(key, value);
        } catch (ConfigException e) {
            problems.put(key, String.valueOf(e.getMessage()));
        }
    }

    private void checkSchema(String key, String value) {
        try {
            PixeltableSchemas.parse(SchemaText.of(value), FixedArrays.LIST);
        } catch (RuntimeException e) {
            problems.put(key, key + " must be a schema in Pixeltable's form: " + e.getMessage());
        }
    }
}
