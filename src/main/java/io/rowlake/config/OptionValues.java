package io.rowlake.config;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The values of a valid configuration, by option and topic. */
final class OptionValues {

    private final Map<String, String> given;
    private final Map<String, Object> parsed;

    OptionValues(Map<String, String> given, Map<String, Object> parsed) {
        this.given = given;
        this.parsed = parsed;
    }

    String text(String option) {
        return value(option).toString();
    }

    /** The text of a topic's option, or else of the connector's. */
    String text(String topic, String option) {
        return ofTopic(topic, option).orElseGet(() -> text(option));
    }

    /** The text of an option whose empty text means that it is not set. */
    Optional<String> set(String option) {
        return Optional.of(text(option)).filter(text -> !text.isEmpty());
    }

    long number(String option) {
        return ((Number) value(option)).longValue();
    }

    Duration millis(String option) {
        return Duration.ofMillis(number(option));
    }

    boolean flag(String option) {
        return (Boolean) value(option);
    }

    <E extends Enum<E>> E choice(String option, Class<E> type) {
        return constant(text(option), type);
    }

    /** The choice of a topic, or else of the connector. */
    <E extends Enum<E>> E choice(String topic, String option, Class<E> type) {
        return constant(ofTopic(topic, option).orElseGet(() -> text(option)), type);
    }

    /** The option that a topic has of its own. */
    Optional<String> ofTopic(String topic, String option) {
        return Optional.ofNullable(given.get(TopicOption.key(topic, option)));
    }

    /** The name of the connector, empty where it has none. */
    String owner() {
        return given.getOrDefault("name", "");
    }

    /** What Connect or the connector added, or a user's option as it was given. */
    @Nullable
    String given(String key) {
        return given.get(key);
    }

    /** The options that begin with the prefix, without it. */
    Map<String, String> withPrefix(String prefix) {
        Map<String, String> found = new TreeMap<>();
        given.forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                found.put(key.substring(prefix.length()), value);
            }
        });
        return found;
    }

    private Object value(String option) {
        return Objects.requireNonNull(parsed.get(option), option);
    }

    private static <E extends Enum<E>> E constant(String text, Class<E> type) {
        return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
    }
}
