package io.rowlake.sink.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowlake.batch.BatchMemory;
import io.rowlake.event.Column;
import io.rowlake.event.ColumnType.DecimalType;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.ColumnType.StructType;
import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePosition;
import io.rowlake.event.TableSchema;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.expressions.Expressions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartitionedTableTest {

    private static final Column ID = new Column("id", Scalar.LONG);

    private final BatchMemory memory = new BatchMemory();
    private Lake lake;

    @TempDir
    private Path directory;

    @BeforeEach
    void openLake() {
        lake = new Lake(directory);
    }

    @AfterEach
    void everythingIsReleased() {
        lake.close();
        memory.close();
    }

    @Test
    void rowsOfABatchGoToTheFilesOfTheirPartitions() {
        var schema = new TableSchema(
                List.of(
                        ID,
                        new Column("at", Scalar.TIMESTAMP),
                        new Column("label", Scalar.STRING),
                        new Column("key", Scalar.UUID),
                        new Column("price", new DecimalType(10, 2)),
                        new Column("place", new StructType(List.of(new Column("zip", Scalar.INT))))),
                List.of());
        var key = new UUID(1, 2);
        var price = new BigDecimal("1.25");

        write(
                "day(at), truncate(2, label), key, bucket(4, price), place.zip",
                schema,
                List.of(1L, 0L, "abc", key, price, List.of(7)),
                Arrays.asList(2L, null, null, null, null, null),
                List.of(3L, 86_400_000_000L, "abx", key, price, List.of(7)),
                List.of(4L, 1L, "aby", key, price, List.of(7)));

        assertThat(lake.dataFiles()).extracting(file -> file.recordCount()).containsExactlyInAnyOrder(2L, 1L, 1L);
        assertThat(lake.dataFiles())
                .extracting(file -> lake.table().spec().partitionToPath(file.partition()))
                .containsExactlyInAnyOrder(
                        "at_day=1970-01-01/label_trunc=ab/key=" + key + "/price_bucket=2/place.zip=7",
                        "at_day=1970-01-02/label_trunc=ab/key=" + key + "/price_bucket=2/place.zip=7",
                        "at_day=null/label_trunc=null/key=null/price_bucket=null/place.zip=null");
        assertThat(Lake.records(IcebergGenerics.read(lake.table())
                        .where(Expressions.equal("at", "1970-01-01T00:00:00.000001+00:00"))))
                .extracting(row -> row.getField("id"))
                .containsExactly(4L);
    }

    @Test
    void timesOfNanosecondsHavePartitions() {
        var schema = new TableSchema(List.of(ID, new Column("at", Scalar.TIMESTAMP_NANO)), List.of());

        try (IcebergSink sink = lake.sink(Lake.settings("day(at)", 3))) {
            sink.open(Set.of(Lake.IMAGES));
            Lake.stage(
                    memory,
                    sink,
                    schema,
                    new SourcePosition(Lake.IMAGES, 0),
                    List.of(List.of(1L, 1L), List.of(2L, 86_400_000_000_001L), Arrays.asList(3L, null)));
            sink.commitAll(SourceOffsets.of(Lake.IMAGES, 3));
        }

        assertThat(lake.dataFiles())
                .extracting(file -> lake.table().spec().partitionToPath(file.partition()))
                .containsExactlyInAnyOrder("at_day=1970-01-01", "at_day=1970-01-02", "at_day=null");
    }

    @Test
    void aColumnOfAPartitionIsWidened() {
        var narrow = new TableSchema(List.of(new Column("id", Scalar.INT), new Column("x", Scalar.FLOAT)), List.of());
        var wide = new TableSchema(List.of(ID, new Column("x", Scalar.DOUBLE)), List.of());

        write("truncate(10, id), x", narrow, List.of(17, 0.5f));
        write("", wide, List.of(5_000_000_001L, 0.25));

        assertThat(lake.column("id")).containsExactlyInAnyOrder(17L, 5_000_000_001L);
        assertThat(lake.dataFiles())
                .extracting(file -> lake.table().spec().partitionToPath(file.partition()))
                .containsExactlyInAnyOrder("id_trunc=10/x=0.5", "id_trunc=5000000000/x=0.25");
    }

    @Test
    void rowsWithoutTheColumnOfAPartitionGoToThatOfNull() {
        var label = new Column("label", Scalar.STRING);

        write("bucket(3, id)", new TableSchema(List.of(ID, label), List.of()), List.of(1L, "a"));
        write("bucket(3, id)", new TableSchema(List.of(label), List.of()), List.of("b"));

        assertThat(lake.column("label")).containsExactlyInAnyOrder("a", "b");
        assertThat(lake.column("id")).containsExactlyInAnyOrder(1L, null);
    }

    private void write(String partitions, TableSchema schema, List<?>... rows) {
        try (IcebergSink sink = lake.sink(Lake.settings(partitions))) {
            long first = sink.open(Set.of(Lake.IMAGES)).next(Lake.IMAGES).orElse(0);
            Lake.stage(memory, sink, schema, new SourcePosition(Lake.IMAGES, first), List.of(rows));
            sink.commitAll(SourceOffsets.of(Lake.IMAGES, first + rows.length));
        }
    }
}
