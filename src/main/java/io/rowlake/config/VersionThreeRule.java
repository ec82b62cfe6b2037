package io.rowlake.config;

import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.shape.TypeOverrides;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Which options ask for types that only Iceberg tables of format version 3 have, where there are no such tables. */
final class VersionThreeRule {

    private static final String VERSION = "3";
    private static final String ICEBERG = "iceberg";
    private static final Set<Scalar> VARIANT = Set.of(Scalar.VARIANT);
    private static final Set<Scalar> NEW_TYPES =
            Set.of(Scalar.VARIANT, Scalar.TIMESTAMP_NANO, Scalar.LOCAL_TIMESTAMP_NANO);

    private final String destination;
    private final String version;

    private VersionThreeRule(Map<String, String> configuration) {
        this.destination = configuration.getOrDefault(SinkOptions.DESTINATION, "");
        this.version = configuration
                .getOrDefault(SinkOptions.ICEBERG_FORMAT_VERSION, "2")
                .strip();
    }

    /** By option, what is wrong. */
    static Map<String, String> problems(Map<String, String> configuration) {
        var rule = new VersionThreeRule(configuration);
        Map<String, String> problems = new TreeMap<>();
        configuration.forEach(
                (key, value) -> rule.problem(key, value).ifPresent(problem -> problems.put(key, problem)));
        return problems;
    }

    private Optional<String> problem(String key, String value) {
        if (isIceberg() && version.equals(VERSION)) {
            return Optional.empty();
        }
        return switch (TopicOption.parse(key).map(TopicOption::option).orElse(key)) {
            case SinkOptions.JSON_MODE -> value.equals("variant") ? Optional.of(jsonMode(key)) : Optional.empty();
            case SinkOptions.SCHEMA_OVERRIDES -> overridden(value).map(column -> override(key, column));
            default -> Optional.empty();
        };
    }

    private boolean isIceberg() {
        return destination.equals(ICEBERG);
    }

    private String jsonMode(String key) {
        return isIceberg()
                ? key + " must be struct or string where iceberg.format.version is " + version
                        + " but was variant: set iceberg.format.version=3, which variants need"
                : key + " must be struct or string for destination=" + destination
                        + " but was variant: only Iceberg tables have variants, files have JSON as it is";
    }

    private String override(String key, String column) {
        return isIceberg()
                ? key + " must give types of format version " + version + " where iceberg.format.version is " + version
                        + " but gives column '" + column
                        + "' one of version 3: set iceberg.format.version=3, which variant, timestamp_ns and"
                        + " timestamptz_ns need"
                : key + " must give no variants for destination=" + destination + " but gives column '" + column
                        + "' one: only Iceberg tables have variants, use json";
    }

    /** A column that is given a type which the destination doesn't have. What is no list of types is told elsewhere. */
    private Optional<String> overridden(String overrides) {
        try {
            // Files have all times, whatever their unit.
            return TypeOverrides.parse(overrides).columnOf(isIceberg() ? NEW_TYPES : VARIANT);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
