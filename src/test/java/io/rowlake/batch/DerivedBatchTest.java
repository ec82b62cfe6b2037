package io.rowlake.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.rowlake.event.Column;
import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.DecimalType;
import io.rowlake.event.ColumnType.ListType;
import io.rowlake.event.ColumnType.MediaType;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.ColumnType.StructType;
import io.rowlake.event.Operation;
import io.rowlake.event.SourcePartition;
import io.rowlake.event.SourcePosition;
import io.rowlake.event.TableSchema;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.arrow.vector.FieldVector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class DerivedBatchTest {

    private static final SourcePartition PARTITION = new SourcePartition("images", 0);
    private static final int ROWS = 20;
    private static final int[] SELECTED = {0, 3, 4, 11, 19};

    private final BatchMemory memory = new BatchMemory();

    @AfterEach
    void everythingIsReleased() {
        memory.close();
    }

    static Stream<ColumnType> types() {
        StructType struct = new StructType(
                List.of(new Column("name", Scalar.STRING), new Column("sizes", new ListType(Scalar.LONG))));
        return Stream.concat(
                Stream.of(Scalar.values()),
                Stream.of(
                        new DecimalType(20, 2),
                        new ListType(Scalar.STRING),
                        new ListType(new ListType(Scalar.BOOLEAN)),
                        struct,
                        new ListType(struct),
                        new ColumnType.MediaType()));
    }

    @ParameterizedTest
    @MethodSource("types")
    void selectedRowsKeepTheirValues(ColumnType type) {
        ChangeBatch batch = batch(type);
        List<String> expected = IntStream.of(SELECTED)
                .mapToObj(row -> text(batch.vector(0), row))
                .toList();

        try (ChangeBatch fewer = batch.withRows(SELECTED)) {
            assertThat(IntStream.range(0, fewer.rows())
                            .mapToObj(row -> text(fewer.vector(0), row))
                            .toList())
                    .isEqualTo(expected);
            assertThat(IntStream.range(0, fewer.rows()).mapToObj(fewer::offset)).containsExactly(0L, 3L, 4L, 11L, 19L);
        }
    }

    @Test
    void columnsAreReplacedByNewOnes() {
        ChangeBatch batch = batch(Scalar.STRING);
        var column = new Column("row", Scalar.LONG);
        ColumnBuilder builder = batch.newColumn(column);
        IntStream.range(0, ROWS).forEach(row -> builder.values().appendLong(row));

        try (ChangeBatch other = batch.withColumns(schema(column), List.of(builder.build()))) {
            assertThat(other.schema()).isEqualTo(schema(column));
            assertThat(text(other.vector(0), 7)).isEqualTo("7");
        }
    }

    @Test
    void aColumnLeftUnfinishedIsReleased() {
        try (ChangeBatch batch = batch(Scalar.STRING)) {
            batch.newColumn(new Column("row", Scalar.LONG)).values().appendLong(1);

            assertThat(batch.bytes()).isPositive();
        }
    }

    @Test
    void aChangeBecomesADelete() {
        try (ChangeBatch batch = batch(Scalar.STRING)) {
            batch.becomesDelete(1);

            assertThat(batch.operation(0)).isEqualTo(Operation.CREATE);
            assertThat(batch.operation(1)).isEqualTo(Operation.DELETE);
        }
    }

    private ChangeBatch batch(ColumnType type) {
        var builder = new BatchBuilder(memory, schema(new Column("value", type)), Long.MAX_VALUE);
        for (int row = 0; row < ROWS; row++) {
            append(builder.column(0), row);
            builder.endRow(Operation.CREATE, new SourcePosition(PARTITION, row), row);
        }
        return builder.build();
    }

    /** A null in every fourth place, and lists of no to two elements. */
    private static void append(ValueAppender target, int seed) {
        if (seed % 4 == 3) {
            target.appendNull();
        } else if (target.type() instanceof ListType) {
            target.beginList();
            IntStream.range(0, seed % 3).forEach(i -> append(target.element(), seed + i));
            target.endList();
        } else if (target.type() instanceof StructType struct) {
            appendStruct(target, struct, seed);
        } else if (target.type() instanceof MediaType) {
            appendStruct(target, MediaType.PARTS, seed);
        } else if (target.type() instanceof Scalar scalar) {
            appendScalar(target, scalar, seed);
        } else {
            target.appendUnscaled(BigInteger.valueOf(-seed));
        }
    }

    private static void appendStruct(ValueAppender target, StructType type, int seed) {
        target.beginStruct();
        IntStream.range(0, type.fields().size()).forEach(i -> append(target.field(i), seed + i));
        target.endStruct();
    }

    private static void appendScalar(ValueAppender target, Scalar type, int seed) {
        switch (type) {
            case BOOLEAN -> target.appendBoolean(seed % 2 == 0);
            case FLOAT, DOUBLE -> target.appendDouble(seed / 8.0);
            case INT, LONG, TIMESTAMP, LOCAL_TIMESTAMP, TIMESTAMP_NANO, LOCAL_TIMESTAMP_NANO, DATE, TIME ->
                target.appendLong(seed * 3_600L);
            case UUID -> target.appendBytes(("uuid-of-16-by" + (100 + seed)).getBytes(UTF_8), 0, 16);
            case STRING, BINARY, JSON, VARIANT -> {
                byte[] bytes = "x".repeat(seed).getBytes(UTF_8);
                target.appendBytes(bytes, 0, bytes.length);
            }
        }
    }

    private static String text(FieldVector vector, int row) {
        Object value = vector.getObject(row);
        return value instanceof byte[] bytes ? new String(bytes, UTF_8) : String.valueOf(value);
    }

    private static TableSchema schema(Column column) {
        return new TableSchema(List.of(column), List.of());
    }
}
