package io.rowlake.config;

import io.rowlake.sink.iceberg.PartitionTransforms;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** A list of partition transforms. */
final class PartitionRule implements ConfigDef.Validator {

    @Override
    public void ensureValid(String name, @Nullable Object value) {
        try {
            var unused = PartitionTransforms.parse(String.valueOf(value));
        } catch (IllegalArgumentException e) {
            throw new ConfigException(name + ": " + e.getMessage());
        }
    }

    /** As the reference page shows it. */
    @Override
    public String toString() {
        return "a list of columns and transforms";
    }
}
