package io.rowlake.sink.file;

import io.rowlake.sink.TableSink;
import io.rowlake.sink.TableSinkContract;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;

final class JsonLinesSinkTest extends TableSinkContract {

    @TempDir
    Path directory;

    @Override
    protected TableSink newSink() {
        var settings = new FileSettings(
                directory,
                JsonSettings.defaults(),
                BinaryEncoding.EXCLUDE,
                Compression.NONE,
                RollSettings.defaults(),
                "lake/0/" + UUID.randomUUID());
        return new FileSink(settings, () -> Instant.EPOCH);
    }

    @Override
    protected List<Map<String, @Nullable Object>> visibleRows() {
        return new PublishedFiles(directory).jsonRows();
    }
}
