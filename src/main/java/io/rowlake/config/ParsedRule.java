package io.rowlake.config;

import io.rowlake.query.Query;
import io.rowlake.shape.MediaSettings;
import io.rowlake.shape.MediaSettings.Readers;
import io.rowlake.shape.TypeOverrides;
import io.rowlake.sink.iceberg.PartitionTransforms;
import java.util.function.Consumer;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * A text in a language of its own, which is not empty.
 *
 * @param form as the reference page shows it
 * @param parser throws {@link IllegalArgumentException}, with what is wrong, if the text is not of the form
 */
record ParsedRule(String form, Consumer<String> parser) implements ConfigDef.Validator {

    static final ParsedRule PARTITIONS = new ParsedRule("a list of columns and transforms", PartitionTransforms::parse);
    static final ParsedRule QUERY = new ParsedRule("SELECT … WHERE …", Query::parse);
    static final ParsedRule OVERRIDES = new ParsedRule("column:type, …", TypeOverrides::parse);
    static final ParsedRule MEDIA_REFERENCE = new ParsedRule(
            "fileurl, localpath or inline; column:reference, …", text -> MediaSettings.parse(text, "", Readers.LOCAL));
    static final ParsedRule MEDIA_REWRITE =
            new ParsedRule("prefix -> prefix, …", text -> MediaSettings.parse("fileurl", text, Readers.LOCAL));

    @Override
    public void ensureValid(String name, @Nullable Object value) {
        String text = String.valueOf(value);
        if (text.isBlank()) {
            return;
        }
        try {
            parser.accept(text);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(name + ": " + e.getMessage());
        }
    }

    @Override
    public String toString() {
        return form;
    }
}
