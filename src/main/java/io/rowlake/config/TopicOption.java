package io.rowlake.config;

import java.util.List;
import java.util.Optional;

/** An option of one topic: {@code topic.<topic>.<option>}, where the topic's name may have dots of its own. */
record TopicOption(String topic, String option) {

    /** The options that a topic can have of its own. */
    static final List<String> NAMES = List.of(
            SinkOptions.EVENT_FORMAT,
            SinkOptions.ICEBERG_PARTITION_BY,
            SinkOptions.ICEBERG_TABLE,
            SinkOptions.JSON_MODE,
            SinkOptions.MEDIA_REFERENCE,
            SinkOptions.MEDIA_REWRITE,
            SinkOptions.QUERY,
            SinkOptions.SCHEMA,
            SinkOptions.SCHEMA_OVERRIDES);

    static Optional<TopicOption> parse(String key) {
        if (!key.startsWith(SinkOptions.TOPIC_PREFIX)) {
            return Optional.empty();
        }
        return NAMES.stream()
                .filter(option -> key.endsWith("." + option)
                        && key.length() > SinkOptions.TOPIC_PREFIX.length() + option.length() + 1)
                .findFirst()
                .map(option -> new TopicOption(
                        key.substring(SinkOptions.TOPIC_PREFIX.length(), key.length() - option.length() - 1), option));
    }

    static String key(String topic, String option) {
        return SinkOptions.TOPIC_PREFIX + topic + "." + option;
    }
}
