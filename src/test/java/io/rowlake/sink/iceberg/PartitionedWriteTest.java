package io.rowlake.sink.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowlake.event.Column;
import io.rowlake.event.ColumnType.DecimalType;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.ColumnType.StructType;
import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePosition;
import io.rowlake.event.TableSchema;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.parquet.Parquet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionedWriteTest extends LakeTest {

    private static final long HOUR = 3_600_000_000L;
    private static final TableSchema WIDE = new TableSchema(
            List.of(
                    ID,
                    new Column("ts", Scalar.TIMESTAMP),
                    new Column("local", Scalar.LOCAL_TIMESTAMP),
                    new Column("date", Scalar.DATE),
                    new Column("text", Scalar.STRING),
                    new Column("uuid", Scalar.UUID),
                    new Column("price", new DecimalType(20, 2)),
                    new Column("bytes", Scalar.BINARY),
                    new Column("flag", Scalar.BOOLEAN),
                    new Column("s", new StructType(List.of(new Column("n", Scalar.INT))))),
            List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "days(ts), bucket(4, id), text",
                "hours(ts)",
                "years(local), flag",
                "months(date)",
                "truncate(2, text)",
                "truncate(10, id)",
                "bucket(3, uuid)",
                "uuid",
                "bucket(5, price), truncate(100, price)",
                "price",
                "bucket(3, bytes)",
                "truncate(1, bytes)",
                "bytes",
                "bucket(3, text)",
                "bucket(4, ts)",
                "s.n",
                "void(id), truncate(5, s.n)"
            })
    void everyRowIsInTheFileOfItsPartition(String partitions) throws Exception {
        IcebergSink sink = opened(lake.sink(Lake.settings(partitions)), IMAGES);

        Lake.stage(memory, sink, WIDE, new SourcePosition(IMAGES, 0), rows());
        sink.commitAll(SourceOffsets.of(IMAGES, 40));

        Table table = lake.table();
        assertThat(lake.records()).hasSize(40);
        for (DataFile file : lake.dataFiles()) {
            assertThat(partitionsOfRows(table, file)).containsOnly(table.spec().partitionToPath(file.partition()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "days(ts), bucket(4, id), text", "truncate(2, text), months(date)"})
    void filtersFindTheSameRowsWithAndWithoutPartitions(String partitions) {
        IcebergSink sink = opened(lake.sink(Lake.settings(partitions)), IMAGES);

        Lake.stage(memory, sink, WIDE, new SourcePosition(IMAGES, 0), rows());
        sink.commitAll(SourceOffsets.of(IMAGES, 40));

        assertThat(ids(Expressions.and(Expressions.notNull("ts"), Expressions.lessThan("ts", -1L))))
                .containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 6L, 7L, 8L, 9L);
        assertThat(ids(Expressions.isNull("ts"))).containsExactlyInAnyOrder(0L, 5L, 10L, 15L, 20L, 25L, 30L, 35L);
        assertThat(ids(Expressions.equal("id", 17L))).containsExactly(17L);
        assertThat(ids(Expressions.startsWith("text", "text 1"))).containsExactlyInAnyOrder(1L, 8L, 15L, 22L, 29L, 36L);
    }

    @Test
    void aTableThatWasPartitionedByOthersKeepsItsPartitions() {
        IcebergSink sink = opened(lake.sink(Lake.settings("text")), IMAGES);
        Lake.stage(memory, sink, WIDE, new SourcePosition(IMAGES, 0), rows());
        sink.commitAll(SourceOffsets.of(IMAGES, 40));
        int files = lake.dataFiles().size();

        IcebergSink other = opened(lake.sink(Lake.settings("days(ts)")), OTHERS);
        stage(other, OTHERS, 100);
        other.commitAll(SourceOffsets.of(OTHERS, 101));

        assertThat(lake.table().specs()).hasSize(1);
        assertThat(lake.dataFiles()).hasSize(files + 1);
        assertThat(lake.column("id")).hasSize(41).contains(100L);
    }

    /** Forty rows around 1970, with nulls in each column at places of its own. */
    private static List<List<?>> rows() {
        List<List<?>> rows = new ArrayList<>();
        for (long id = 0; id < 40; id++) {
            long micros = (id - 10) * HOUR * 7 + (id % 2 == 0 ? 0 : 1);
            rows.add(Arrays.asList(
                    id,
                    but(5, id, micros),
                    but(6, id, micros * 365),
                    but(7, id + 4, (id - 20) * 11),
                    but(7, id, "text " + id % 7),
                    but(4, id, new UUID(id % 3, -id % 5)),
                    but(3, id, new BigDecimal(id - 20).movePointLeft(1).setScale(2)),
                    but(9, id, new byte[] {(byte) (id % 5 - 2), 1}),
                    but(8, id, id % 4 < 2),
                    but(11, id, Arrays.asList(but(5, id + 3, id - 20)))));
        }
        return rows;
    }

    /** The value, but null in every row whose number has the divisor. */
    private static @Nullable Object but(long every, long id, Object value) {
        return id % every == 0 ? null : value;
    }

    private List<Object> ids(Expression filter) {
        return Lake.records(IcebergGenerics.read(lake.table()).where(filter)).stream()
                .map(row -> row.getField("id"))
                .toList();
    }

    /** Where Iceberg would put the rows of a file, read without the help of the table's partitions. */
    private static List<String> partitionsOfRows(Table table, DataFile file) throws Exception {
        PartitionSpec spec = table.spec();
        var key = new PartitionKey(spec, table.schema());
        var row = new InternalRecordWrapper(table.schema().asStruct());
        List<String> found = new ArrayList<>();
        try (CloseableIterable<Record> records = Parquet.read(table.io().newInputFile(file.location()))
                .project(table.schema())
                .createReaderFunc(message -> GenericParquetReaders.buildReader(table.schema(), message))
                .build()) {
            for (Record record : records) {
                key.partition(row.wrap(record));
                found.add(spec.partitionToPath(key));
            }
        }
        return found;
    }
}
