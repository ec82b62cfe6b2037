package io.rowlake.config;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** A single character that can stand between CSV fields. */
final class DelimiterRule implements ConfigDef.Validator {

    @Override
    public void ensureValid(String name, @Nullable Object value) {
        String text = String.valueOf(value);
        if (!text.equals("\\t") && (text.length() != 1 || "\"\r\n".contains(text))) {
            throw new ConfigException(
                    name + " must be a single character, not a quote or a line break, or \\t but was '" + text + "'");
        }
    }

    /** The character of a valid option. */
    static char character(String option) {
        return option.equals("\\t") ? '\t' : option.charAt(0);
    }

    /** As the reference page shows it. */
    @Override
    public String toString() {
        return "a single character or \\t";
    }
}
