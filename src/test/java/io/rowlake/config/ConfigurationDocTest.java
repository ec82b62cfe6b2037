package io.rowlake.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.junit.jupiter.api.Test;

/** Keeps docs/configuration.md equal to the options. Run with -DupdateDocs to write it. */
final class ConfigurationDocTest {

    private static final Path PAGE = Path.of("docs", "configuration.md");

    private static final String HEAD = """
            # Configuration

            This page is made from the connector's own definition: `mvn test -Dtest=ConfigurationDocTest -DupdateDocs` writes it.

            Beside these options a connector has those of Kafka Connect (`name`, `connector.class`, `tasks.max`, `topics`, converters, transformations, `errors.*`, `consumer.override.*`). Any other key is an error.
            """;

    private static final String TAIL = """
            ## The catalog

            Keys that begin with `iceberg.catalog.` go to Iceberg without that prefix: `iceberg.catalog.type` (`rest`, `jdbc`, `hive`, `glue`, `nessie`, `hadoop`) or `iceberg.catalog.catalog-impl`, `iceberg.catalog.uri`, `iceberg.catalog.warehouse`, and what the catalog needs beside. `iceberg.catalog.name` is the catalog's own name, `rowlake` if it isn't set; a JDBC catalog keeps its tables under it, so readers have to use the same. Iceberg's `table-default.` and `table-override.` set properties of the tables that the connector creates, as in `iceberg.catalog.table-default.write.target-file-size-bytes`.

            ## One topic

            `topic.<topic>.<option>` sets an option for one topic, by the name that the topic has after transformations: `event.format`, `iceberg.table`, `iceberg.partition.by`, and `schema`, which is the schema of events that carry none, in Pixeltable's form, as JSON or as the path of a file:

            ```properties
            topic.images.schema={"primary_key": ["label"], "columns": {"label": {"_classname": "StringType", "nullable": false}, "width": {"_classname": "IntType", "nullable": true}}}
            ```
            """;

    @Test
    void thePageSaysWhatTheDefinitionSays() throws IOException {
        String page = HEAD + groups() + TAIL;

        if (System.getProperty("updateDocs") != null) {
            Files.writeString(PAGE, page);
        }

        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }

    private static String groups() {
        ConfigDef definition = SinkOptions.definition();
        return definition.groups().stream()
                        .map(group -> "\n## " + group + "\n\n" + options(definition, group))
                        .collect(Collectors.joining())
                + "\n";
    }

    private static String options(ConfigDef definition, String group) {
        List<ConfigKey> keys = definition.configKeys().values().stream()
                .filter(key -> group.equals(key.group))
                .sorted(Comparator.comparingInt(key -> key.orderInGroup))
                .toList();
        return "| option | type | default | values | importance | what it does |\n|---|---|---|---|---|---|\n"
                + keys.stream().map(ConfigurationDocTest::row).collect(Collectors.joining());
    }

    private static String row(ConfigKey key) {
        return "| `" + key.name + "` | " + lower(key.type) + " | " + defaultOf(key) + " | "
                + (key.validator == null ? "" : key.validator) + " | " + lower(key.importance) + " | "
                + key.documentation
                + " |\n";
    }

    private static String defaultOf(ConfigKey key) {
        if (!key.hasDefault()) {
            return "required";
        }
        if (key.defaultValue.equals(Long.MAX_VALUE)) {
            return "unlimited";
        }
        return key.defaultValue.equals("") ? "" : "`" + key.defaultValue + "`";
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
