package io.rowlake.sink.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowlake.batch.BatchMemory;
import io.rowlake.event.Column;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePosition;
import io.rowlake.event.TableSchema;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Types.BinaryType;
import org.apache.iceberg.types.Types.LongType;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files, and the row groups in them, keep to the sizes that the table asks for. */
class FileSizesTest {

    private static final long FILE_BYTES = 1_000_000;
    private static final TableSchema SCHEMA =
            new TableSchema(List.of(new Column("id", Scalar.LONG), new Column("bytes", Scalar.BINARY)), List.of());

    private final BatchMemory memory = new BatchMemory();
    private Lake lake;

    @TempDir
    private Path directory;

    @BeforeEach
    void makeTable() {
        lake = new Lake(directory);
        ((SupportsNamespaces) lake.catalog()).createNamespace(Namespace.of("lake"));
        lake.catalog()
                .buildTable(
                        TableIdentifier.parse(Lake.TABLE),
                        new Schema(
                                NestedField.optional(1, "id", LongType.get()),
                                NestedField.optional(2, "bytes", BinaryType.get())))
                .withProperty(TableProperties.WRITE_TARGET_FILE_SIZE_BYTES, String.valueOf(FILE_BYTES))
                .withProperty(TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES, String.valueOf(FILE_BYTES / 4))
                .withProperty(TableProperties.PARQUET_PAGE_SIZE_BYTES, "16384")
                .create();
    }

    @AfterEach
    void everythingIsReleased() {
        lake.close();
        memory.close();
    }

    @Test
    void oneBatchOfSmallRowsIsCutIntoFiles() {
        write(60_000, 50);

        assertThat(lake.dataFiles())
                .hasSizeBetween(3, 5)
                .allSatisfy(file -> assertThat(file.fileSizeInBytes()).isLessThan(FILE_BYTES * 5 / 4));
        assertThat(lake.dataFiles())
                .filteredOn(file -> file.fileSizeInBytes() >= FILE_BYTES)
                .hasSizeBetween(2, 4)
                .allSatisfy(file -> assertThat(file.splitOffsets()).hasSizeGreaterThan(2));
        assertThat(lake.column("id")).hasSize(60_000).doesNotHaveDuplicates();
    }

    @Test
    void oneBatchOfLargeRowsIsCutIntoFiles() {
        write(40, 100_000);

        assertThat(lake.dataFiles())
                .hasSize(4)
                .allSatisfy(file -> assertThat(file.fileSizeInBytes()).isLessThan(FILE_BYTES * 5 / 4));
    }

    private void write(int count, int bytes) {
        var random = new Random(1);
        List<List<?>> rows = LongStream.range(0, count)
                .<List<?>>mapToObj(id -> {
                    byte[] value = new byte[bytes];
                    random.nextBytes(value);
                    return List.of(id, value);
                })
                .toList();
        try (IcebergSink sink = lake.sink()) {
            sink.open(Set.of(Lake.IMAGES));
            Lake.stage(memory, sink, SCHEMA, new SourcePosition(Lake.IMAGES, 0), rows);
            sink.commitAll(SourceOffsets.of(Lake.IMAGES, count));
        }
    }
}
