package io.rowlake.sink.iceberg;

import io.rowlake.sink.TableSink;
import io.rowlake.sink.TableSinkContract;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class IcebergSinkTest extends TableSinkContract {

    @TempDir
    private Path directory;

    private Lake lake;

    @BeforeEach
    void openLake() {
        lake = new Lake(directory);
    }

    @AfterEach
    void closeLake() {
        lake.close();
    }

    @Override
    protected TableSink newSink() {
        return lake.sink();
    }

    @Override
    protected List<Map<String, @Nullable Object>> visibleRows() {
        return lake.hasTable() ? lake.records().stream().map(Lake::map).toList() : List.of();
    }
}
