package io.rowlake.config;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** A whole number within bounds, both included. */
record Bounds(long min, long max) implements ConfigDef.Validator {

    static Bounds atLeast(long min) {
        return new Bounds(min, Long.MAX_VALUE);
    }

    static Bounds between(long min, long max) {
        return new Bounds(min, max);
    }

    @Override
    public void ensureValid(String name, @Nullable Object value) {
        if (!(value instanceof Number number) || number.longValue() < min || number.longValue() > max) {
            throw new ConfigException(name + " must be " + this + " but was " + value);
        }
    }

    /** As the reference page shows it. */
    @Override
    public String toString() {
        return max == Long.MAX_VALUE ? "at least " + min : min + " to " + max;
    }
}
