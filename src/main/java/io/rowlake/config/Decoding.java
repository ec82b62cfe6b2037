package io.rowlake.config;

import io.rowlake.decode.DecodeSettings;
import io.rowlake.decode.DecodeSettings.Deletes;
import io.rowlake.decode.DecodeSettings.EventFormat;
import io.rowlake.decode.DecodeSettings.FixedArrays;
import io.rowlake.decode.PixeltableSchemas;

/** How the options say that a topic is read. */
final class Decoding {

    private Decoding() {}

    static DecodeSettings of(OptionValues values, String topic) {
        FixedArrays fixedArrays = values.choice(SinkOptions.ARRAYS_FIXED, FixedArrays.class);
        return new DecodeSettings(
                values.choice(topic, SinkOptions.EVENT_FORMAT, EventFormat.class),
                Deletes.IGNORE,
                fixedArrays,
                values.ofTopic(topic, SinkOptions.SCHEMA)
                        .map(text -> PixeltableSchemas.parse(SchemaText.of(text), fixedArrays)));
    }
}
