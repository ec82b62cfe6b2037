package io.rowlake.config;

import io.rowlake.config.SinkOptions.Destination;
import io.rowlake.decode.DecodeSettings;
import io.rowlake.pipeline.Routes;
import io.rowlake.pipeline.Shaping;
import io.rowlake.shape.MediaSettings.Readers;
import io.rowlake.sink.ExistingTarget;
import io.rowlake.sink.ExistingTarget.Action;
import io.rowlake.sink.TableSink;
import io.rowlake.sink.file.BinaryEncoding;
import io.rowlake.sink.file.Compression;
import io.rowlake.sink.file.CsvSettings;
import io.rowlake.sink.file.CsvSettings.BooleanStyle;
import io.rowlake.sink.file.CsvSettings.Header;
import io.rowlake.sink.file.CsvSettings.Quoting;
import io.rowlake.sink.file.FileSettings;
import io.rowlake.sink.file.FileSink;
import io.rowlake.sink.file.FormatSettings;
import io.rowlake.sink.file.JsonSettings;
import io.rowlake.sink.file.JsonSettings.NonFinite;
import io.rowlake.sink.file.RollSettings;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.UUID;

/** Each topic to files of its own. */
final class FileRoutes implements Routes {

    private final OptionValues values;
    private final InstantSource clock;

    FileRoutes(OptionValues values, InstantSource clock) {
        this.values = values;
        this.clock = clock;
    }

    @Override
    public String table(String topic) {
        return topic;
    }

    @Override
    public TableSink sink(String table) {
        return new FileSink(settings(table), clock);
    }

    @Override
    public DecodeSettings decoding(String topic) {
        return Decoding.of(values, topic);
    }

    @Override
    public Shaping shaping(String topic) {
        return new Shapings(values, Readers.LOCAL).forFiles(topic);
    }

    @Override
    public void close() {
        // Files share nothing.
    }

    private FileSettings settings(String topic) {
        return new FileSettings(
                Path.of(values.text(SinkOptions.FILES_DIRECTORY)),
                format(),
                values.choice(SinkOptions.BINARY_ENCODING, BinaryEncoding.class),
                values.choice(SinkOptions.FILES_COMPRESSION, Compression.class),
                new RollSettings(
                        values.number(SinkOptions.FILES_ROLL_SIZE_BYTES),
                        values.millis(SinkOptions.FILES_ROLL_INTERVAL_MS),
                        values.number(SinkOptions.FILES_ROLL_RECORDS)),
                values.given("name") + "/" + values.given(SinkOptions.TASK_NUMBER) + "/" + UUID.randomUUID(),
                new ExistingTarget(
                        values.choice(SinkOptions.FILES_IF_EXISTS, Action.class),
                        values.owner(),
                        ReplaceUntil.of(values.given(SinkOptions.REPLACE_UNTIL), topic, topic::equals)));
    }

    private FormatSettings format() {
        NonFinite nonFinite = values.choice(SinkOptions.JSON_NONFINITE, NonFinite.class);
        if (values.choice(SinkOptions.DESTINATION, Destination.class) == Destination.JSONL) {
            return new JsonSettings(nonFinite);
        }
        return new CsvSettings(
                DelimiterRule.character(values.text(SinkOptions.CSV_DELIMITER)),
                values.choice(SinkOptions.CSV_QUOTING, Quoting.class),
                values.flag(SinkOptions.CSV_HEADER) ? Header.NAMES : Header.NONE,
                values.text(SinkOptions.CSV_NULL),
                values.choice(SinkOptions.CSV_BOOLEAN_STYLE, BooleanStyle.class));
    }
}
