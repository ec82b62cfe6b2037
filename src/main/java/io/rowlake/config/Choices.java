package io.rowlake.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** One of a closed set of words: the constants of an enum in lower case. */
record Choices(List<String> values) implements ConfigDef.Validator {

    static <E extends Enum<E>> Choices of(Class<E> type) {
        return new Choices(Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toList());
    }

    @Override
    public void ensureValid(String name, @Nullable Object value) {
        if (value == null || !values.contains(value.toString())) {
            throw new ConfigException(name + " must be one of " + String.join(", ", values) + " but was " + value);
        }
    }

    /** As the reference page shows it. */
    @Override
    public String toString() {
        return "one of " + String.join(", ", values);
    }
}
