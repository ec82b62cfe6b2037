package io.rowlake.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/**
 * A connector's configuration as users keep it: JSON with {@code name} and {@code config}, or a properties file.
 *
 * @param config in the order of the file where that is JSON
 */
record ConnectorFile(String name, Map<String, String> config) {

    private static final String CATALOG_PREFIX = "iceberg.catalog.";

    ConnectorFile {
        config = Collections.unmodifiableMap(new LinkedHashMap<>(config));
    }

    /**
     * Reads either form.
     *
     * @throws CommandException if the file is missing or of neither form
     */
    static ConnectorFile read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new CommandException("Cannot find the connector configuration " + file);
        }
        try {
            return file.toString().endsWith(".properties") ? readProperties(file) : readJson(file);
        } catch (IOException e) {
            throw new CommandException(
                    "Cannot read the connector configuration " + file + ": " + CommandException.reason(e), e);
        }
    }

    /** The same connector with some options set otherwise. */
    ConnectorFile with(Map<String, String> overrides) {
        var merged = new LinkedHashMap<>(config);
        merged.putAll(overrides);
        return new ConnectorFile(name, merged);
    }

    String option(String key) {
        String value = config.get(key);
        if (value == null) {
            throw new CommandException("Connector '" + name + "' must set " + key);
        }
        return value;
    }

    /** Iceberg's own properties of the catalog. */
    Map<String, String> catalog() {
        var properties = new LinkedHashMap<String, String>();
        config.forEach((key, value) -> {
            if (key.startsWith(CATALOG_PREFIX)) {
                properties.put(key.substring(CATALOG_PREFIX.length()), value);
            }
        });
        return properties;
    }

    private static ConnectorFile readJson(Path file) throws IOException {
        JsonNode root = new ObjectMapper().readTree(file.toFile());
        if (isBare(root)) {
            return new ConnectorFile(root.path("name").asText(file.getFileName().toString()), texts(root));
        }
        JsonNode options = root.path("config");
        if (!root.path("name").isTextual() || !options.isObject()) {
            throw new CommandException(
                    "Connector configuration " + file + " must have the form" + " {\"name\": …, \"config\": {…}}");
        }
        return new ConnectorFile(root.path("name").asText(), texts(options));
    }

    /** Whether the options stand in the file itself, without Connect's frame. */
    private static boolean isBare(JsonNode root) {
        return root.has("destination") || root.has("connector.class");
    }

    private static Map<String, String> texts(JsonNode options) {
        var config = new LinkedHashMap<String, String>();
        options.properties()
                .forEach(option -> config.put(option.getKey(), option.getValue().asText()));
        return config;
    }

    private static ConnectorFile readProperties(Path file) throws IOException {
        var properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        var config = new LinkedHashMap<String, String>();
        properties.stringPropertyNames().stream().sorted().forEach(key -> config.put(key, properties.getProperty(key)));
        String name = config.remove("name");
        return new ConnectorFile(name == null ? file.getFileName().toString() : name, config);
    }
}
