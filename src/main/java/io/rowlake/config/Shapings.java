package io.rowlake.config;

import io.rowlake.pipeline.Shaping;
import io.rowlake.query.Query;
import io.rowlake.shape.MediaSettings;
import io.rowlake.shape.MediaSettings.Readers;
import io.rowlake.shape.ShapeSettings;
import io.rowlake.shape.ShapeSettings.FloatWidth;
import io.rowlake.shape.ShapeSettings.JsonMode;
import io.rowlake.shape.TypeOverrides;
import java.util.Optional;

/** How the options say that the columns of a topic are selected and typed. */
final class Shapings {

    private final OptionValues values;
    private final Readers readers;

    Shapings(OptionValues values, Readers readers) {
        this.values = values;
        this.readers = readers;
    }

    Shaping forIceberg(String topic) {
        return of(
                topic,
                values.choice(topic, SinkOptions.JSON_MODE, JsonMode.class),
                values.choice(SinkOptions.TYPES_FLOAT, FloatWidth.class));
    }

    /** Files know JSON, and write every digit. */
    Shaping forFiles(String topic) {
        return of(topic, JsonMode.STRING, FloatWidth.DOUBLE);
    }

    private Optional<Query> query(String topic) {
        String text = values.text(topic, SinkOptions.QUERY);
        return text.isBlank() ? Optional.empty() : Optional.of(Query.parse(text));
    }

    private Shaping of(String topic, JsonMode json, FloatWidth floats) {
        MediaSettings media = MediaSettings.parse(
                values.text(topic, SinkOptions.MEDIA_REFERENCE),
                values.text(topic, SinkOptions.MEDIA_REWRITE),
                readers);
        TypeOverrides overrides = TypeOverrides.parse(values.text(topic, SinkOptions.SCHEMA_OVERRIDES));
        return new Shaping(query(topic), new ShapeSettings(json, floats, overrides, media));
    }
}
