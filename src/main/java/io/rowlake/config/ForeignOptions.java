package io.rowlake.config;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Keys of a connector's configuration that are none of its options: Connect's own, and mistakes. */
final class ForeignOptions {

    private static final int NEAR = 3;

    /** Connect reads these itself, see its SinkConnectorConfig. */
    private static final Set<String> OF_CONNECT = Set.of(
            "name",
            "connector.class",
            "connector.plugin.version",
            "config.action.reload",
            "header.converter",
            "header.converter.plugin.version",
            "key.converter",
            "key.converter.plugin.version",
            "predicates",
            "task.class",
            "tasks.max",
            "tasks.max.enforce",
            "topics",
            "topics.regex",
            "transforms",
            "value.converter",
            "value.converter.plugin.version");

    private static final List<String> PREFIXES_OF_CONNECT = List.of(
            "admin.override.",
            "consumer.override.",
            "errors.",
            "header.converter.",
            "key.converter.",
            "predicates.",
            "producer.override.",
            "transforms.",
            "value.converter.");

    private ForeignOptions() {}

    /** By key that nobody knows, the message that says so. */
    static Map<String, String> unknown(Set<String> keys, Set<String> options) {
        Map<String, String> messages = new TreeMap<>();
        for (String key : keys) {
            if (!options.contains(key) && !isOfConnect(key) && !isFree(key)) {
                messages.put(key, message(key, options));
            }
        }
        return messages;
    }

    private static boolean isOfConnect(String key) {
        return OF_CONNECT.contains(key) || PREFIXES_OF_CONNECT.stream().anyMatch(key::startsWith);
    }

    private static boolean isFree(String key) {
        return key.startsWith(SinkOptions.ICEBERG_CATALOG_PREFIX)
                || key.startsWith(SinkOptions.KAFKA_PREFIX)
                || key.equals(SinkOptions.TASK_NUMBER)
                || key.equals(SinkOptions.REPLACE_UNTIL)
                || TopicOption.parse(key).isPresent();
    }

    private static String message(String key, Set<String> options) {
        if (key.startsWith(SinkOptions.TOPIC_PREFIX)) {
            return "Unknown option '" + key
                    + "': a topic's option is topic.<topic>.<option>, where the option is one of "
                    + String.join(", ", TopicOption.NAMES);
        }
        Optional<String> nearest = Stream.concat(options.stream(), OF_CONNECT.stream())
                .filter(option -> distance(key, option) <= Math.min(NEAR, key.length() / 3))
                .min(Comparator.comparingInt(option -> distance(key, option)));
        return "Unknown option '" + key + "'"
                + nearest.map(option -> ": did you mean '" + option + "'?").orElse("");
    }

    /** Levenshtein's distance. */
    private static int distance(String left, String right) {
        int[] previous = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int[] current = new int[right.length() + 1];
            current[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int replaced = previous[j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[right.length()];
    }
}
