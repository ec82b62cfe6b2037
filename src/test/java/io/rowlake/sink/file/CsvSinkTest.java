package io.rowlake.sink.file;

import io.rowlake.sink.TableSink;
import io.rowlake.sink.TableSinkContract;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;

final class CsvSinkTest extends TableSinkContract {

    @TempDir
    Path directory;

    @Override
    protected TableSink newSink() {
        var settings = SinkFixture.rolling(directory, CsvSettings.defaults(), RollSettings.defaults());
        return new FileSink(settings, () -> Instant.EPOCH);
    }

    @Override
    protected List<Map<String, @Nullable Object>> visibleRows() {
        return new PublishedFiles(directory).csvRows();
    }
}
