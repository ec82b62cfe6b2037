package io.rowlake.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowlake.event.Column;
import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.DecimalType;
import io.rowlake.event.ColumnType.ListType;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.ColumnType.StructType;
import io.rowlake.event.Operation;
import io.rowlake.event.SourcePartition;
import io.rowlake.event.SourcePosition;
import io.rowlake.event.TableSchema;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class BatchBuilderTest {

    private static final long UNBOUNDED = Long.MAX_VALUE;
    private static final SourcePartition PARTITION = new SourcePartition("images", 0);

    private final BatchMemory memory = new BatchMemory();

    @AfterEach
    void everythingIsReleased() {
        memory.close();
    }

    @Test
    void rowsComeBackAsTheyWereAppended() {
        BatchBuilder builder = builder(
                UNBOUNDED,
                new Column("label", Scalar.STRING),
                new Column("width", Scalar.INT),
                new Column("id", Scalar.LONG),
                new Column("score", Scalar.DOUBLE),
                new Column("ratio", Scalar.FLOAT),
                new Column("seen", Scalar.BOOLEAN),
                new Column("price", new DecimalType(20, 2)));
        append(builder.column(0), "tiger 🐅");
        builder.column(1).appendLong(-7);
        builder.column(2).appendLong(Long.MIN_VALUE);
        builder.column(3).appendDouble(0.1);
        builder.column(4).appendDouble(0.1);
        builder.column(5).appendBoolean(true);
        builder.column(6).appendUnscaled(new BigInteger("-12345678901234567890"));
        end(builder, 17);
        builder.column(1).appendNull();
        end(builder, 18);

        try (ChangeBatch batch = builder.build()) {
            assertThat(row(batch, 0))
                    .containsExactly(
                            "tiger 🐅", -7, Long.MIN_VALUE, 0.1, 0.1f, true, new BigDecimal("-123456789012345678.90"));
            assertThat(row(batch, 1)).containsOnlyNulls();
        }
    }

    @ParameterizedTest
    @EnumSource(Scalar.class)
    void everyTypeTakesItsValuesAndNulls(Scalar type) {
        BatchBuilder builder = builder(UNBOUNDED, new Column("value", type));
        for (int row = 0; row < 1000; row++) {
            if (row % 3 == 0) {
                builder.column(0).appendNull();
            } else {
                appendAny(builder.column(0), type);
            }
            end(builder, row);
        }

        try (ChangeBatch batch = builder.build()) {
            assertThat(batch.rows()).isEqualTo(1000);
            assertThat(batch.vector(0).getValueCount()).isEqualTo(1000);
            assertThat(batch.vector(0).getNullCount()).isEqualTo(334);
            assertThat(batch.vector(0).isNull(999)).isTrue();
            assertThat(batch.vector(0).getObject(998)).isNotNull();
        }
    }

    @Test
    void listsAndStructsNest() {
        var point = new StructType(List.of(new Column("x", Scalar.LONG), new Column("y", Scalar.LONG)));
        BatchBuilder builder = builder(UNBOUNDED, new Column("lines", new ListType(new ListType(point))));
        ValueAppender lines = builder.column(0);
        lines.beginList();
        lines.element().beginList();
        appendPoint(lines.element().element(), 1, 2);
        appendPoint(lines.element().element(), 3, 4);
        lines.element().endList();
        lines.element().beginList();
        lines.element().endList();
        lines.element().appendNull();
        lines.endList();
        end(builder, 0);
        end(builder, 1);
        lines.beginList();
        lines.endList();
        end(builder, 2);

        try (ChangeBatch batch = builder.build()) {
            List<Object> expected = new ArrayList<>();
            expected.add(List.of(Map.of("x", 1L, "y", 2L), Map.of("x", 3L, "y", 4L)));
            expected.add(List.of());
            expected.add(null);
            assertThat(batch.vector(0).getObject(0)).isEqualTo(expected);
            assertThat(batch.vector(0).getObject(1)).isNull();
            assertThat(batch.vector(0).getObject(2)).isEqualTo(List.of());
        }
    }

    @Test
    void aStructKnowsWhichFieldsItHas() {
        var point = new StructType(List.of(new Column("x", Scalar.LONG), new Column("y", Scalar.LONG)));
        try (BatchBuilder builder = builder(UNBOUNDED, new Column("point", point))) {
            ValueAppender appender = builder.column(0);
            appender.beginStruct();
            appender.field(1).appendLong(2);

            assertThat(appender.isFieldSet(0)).isFalse();
            assertThat(appender.isFieldSet(1)).isTrue();
        }
    }

    @Test
    void aRowThatIsTakenBackLeavesNoTrace() {
        var type = new StructType(
                List.of(new Column("tags", new ListType(Scalar.STRING)), new Column("seen", Scalar.BOOLEAN)));
        BatchBuilder builder = builder(UNBOUNDED, new Column("label", Scalar.STRING), new Column("meta", type));
        append(builder.column(0), "first");
        end(builder, 0);
        append(builder.column(0), "never seen");
        builder.column(1).beginStruct();
        builder.column(1).field(0).beginList();
        append(builder.column(1).field(0).element(), "lost");
        builder.column(1).field(0).endList();
        builder.column(1).field(1).appendBoolean(true);
        builder.rollbackRow();
        assertThat(builder.isSet(0)).isFalse();
        builder.column(1).beginStruct();
        builder.column(1).endStruct();
        end(builder, 2);

        try (ChangeBatch batch = builder.build()) {
            assertThat(row(batch, 0)).containsExactly("first", null);
            assertThat(batch.vector(0).getObject(1)).isNull();
            assertThat(batch.vector(1).getChildrenFromFields().get(0).getObject(1))
                    .isNull();
            assertThat(batch.vector(1).getChildrenFromFields().get(1).getObject(1))
                    .isNull();
            assertThat(batch.vector(1).isNull(1)).isFalse();
        }
    }

    @Test
    void eachRowKnowsWhereItCameFrom() {
        BatchBuilder builder = builder(UNBOUNDED, new Column("id", Scalar.LONG));
        var other = new SourcePartition("images", 3);
        builder.endRow(Operation.CREATE, new SourcePosition(PARTITION, 5), 1_000);
        builder.endRow(Operation.DELETE, new SourcePosition(other, 1L << 40), 2_000);
        builder.endRow(Operation.UPDATE, new SourcePosition(PARTITION, 6), -1);

        try (ChangeBatch batch = builder.build()) {
            assertThat(IntStream.range(0, 3).mapToObj(batch::operation))
                    .containsExactly(Operation.CREATE, Operation.DELETE, Operation.UPDATE);
            assertThat(IntStream.range(0, 3).mapToObj(batch::position))
                    .hasToString("[images-0@5, images-3@1099511627776, images-0@6]");
            assertThat(IntStream.range(0, 3).mapToObj(batch::timestampMillis)).containsExactly(1_000L, 2_000L, -1L);
            assertThat(batch.partition(0)).isSameAs(batch.partition(2));
            assertThat(batch.partitions()).containsExactly(PARTITION, other);
        }
    }

    @Test
    void theRowThatWouldPassTheBoundIsLeftToTheNextBatch() {
        long bound = 64 * 1024;
        BatchBuilder builder = builder(bound, new Column("label", Scalar.STRING), new Column("id", Scalar.LONG));
        int rows = 0;
        try {
            while (rows < 100_000) {
                append(builder.column(0), "label " + rows);
                builder.column(1).appendLong(rows);
                end(builder, rows);
                rows++;
            }
        } catch (BatchFullException e) {
            builder.rollbackRow();
        }

        assertThat(memory.peakBytes()).isLessThanOrEqualTo(bound);
        try (ChangeBatch batch = builder.build()) {
            assertThat(batch.rows()).isEqualTo(rows).isGreaterThan(500);
            assertThat(row(batch, rows - 1)).containsExactly("label " + (rows - 1), rows - 1L);
            assertThat(batch.bytes()).isLessThanOrEqualTo(bound);
        }
    }

    @Test
    void aRowLargerThanTheBoundMakesABatchOfItsOwn() {
        long bound = 1 << 20;
        int large = 8 << 20;
        BatchBuilder builder = builder(bound, new Column("blob", Scalar.BINARY));
        builder.column(0).appendBytes(new byte[large], 0, large);
        end(builder, 0);

        assertThatThrownBy(() -> builder.column(0).appendBytes(new byte[large], 0, large))
                .isInstanceOf(BatchFullException.class)
                .hasMessage("The row does not fit into the batch of at most 1048576 bytes");
        assertThat(memory.peakBytes()).isBetween((long) large, bound + large);
        builder.build().close();
    }

    @Test
    void aListLargerThanTheBoundGrowsWithinABoundOfTheRow() {
        int elements = 1 << 20;
        BatchBuilder builder = builder(1 << 20, new Column("embedding", new ListType(Scalar.FLOAT)));
        builder.column(0).beginList();
        for (int i = 0; i < elements; i++) {
            builder.column(0).element().appendDouble(i);
        }
        builder.column(0).endList();
        end(builder, 0);

        try (ChangeBatch batch = builder.build()) {
            assertThat((List<?>) batch.vector(0).getObject(0)).hasSize(elements);
        }
    }

    @Test
    void aBuilderThatIsClosedGivesItsMemoryBack() {
        BatchBuilder builder = builder(UNBOUNDED, new Column("label", Scalar.STRING));
        append(builder.column(0), "label");
        end(builder, 0);
        assertThat(builder.bytes()).isPositive();

        builder.close();

        assertThat(memory.allocatedBytes()).isZero();
    }

    @Test
    void thereIsNoBatchWithoutARow() {
        try (BatchBuilder builder = builder(UNBOUNDED, new Column("label", Scalar.STRING))) {
            assertThatThrownBy(builder::build)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("Cannot build a batch: it has no row, or is built already");
        }
    }

    @Test
    void valuesOfAnotherKindAreRefused() {
        try (BatchBuilder builder = builder(
                UNBOUNDED,
                new Column("id", Scalar.LONG),
                new Column("label", Scalar.STRING),
                new Column("uuid", Scalar.UUID),
                new Column("score", Scalar.DOUBLE))) {
            assertThatThrownBy(() -> builder.column(0).appendBoolean(true))
                    .hasMessage("Cannot append a boolean to a column of type long");
            assertThatThrownBy(() -> builder.column(0).appendDouble(1))
                    .hasMessage("Cannot append a floating point number to a column of type long");
            assertThatThrownBy(() -> builder.column(0).appendUnscaled(BigInteger.ONE))
                    .hasMessage("Cannot append a decimal to a column of type long");
            assertThatThrownBy(() -> builder.column(1).appendLong(1))
                    .hasMessage("Cannot append a whole number to a column of type string");
            assertThatThrownBy(() -> builder.column(1).beginList())
                    .hasMessage("Cannot append a list to a column of type string");
            assertThatThrownBy(() -> builder.column(1).endStruct())
                    .hasMessage("Cannot append a struct to a column of type string");
            assertThatThrownBy(() -> builder.column(2).appendBytes(new byte[3], 0, 3))
                    .hasMessage("Cannot append bytes to a column of type uuid");
            assertThatThrownBy(() -> builder.column(3).appendLong(3))
                    .hasMessage("Cannot append a whole number to a column of type double");
        }
    }

    @Test
    void numbersBeyondTheColumnAreRefused() {
        try (BatchBuilder builder =
                builder(UNBOUNDED, new Column("width", Scalar.INT), new Column("price", new DecimalType(3, 1)))) {
            assertThatThrownBy(() -> builder.column(0).appendLong(1L << 31)).isInstanceOf(ArithmeticException.class);
            assertThatThrownBy(() -> builder.column(1).appendUnscaled(BigInteger.valueOf(1000)))
                    .isInstanceOf(ArithmeticException.class)
                    .hasMessage("More than 3 digits");
        }
    }

    private BatchBuilder builder(long bound, Column... columns) {
        return new BatchBuilder(memory, new TableSchema(List.of(columns), List.of()), bound);
    }

    private static void end(BatchBuilder builder, long offset) {
        builder.endRow(Operation.CREATE, new SourcePosition(PARTITION, offset), 0);
    }

    private static void append(ValueAppender appender, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        appender.appendBytes(bytes, 0, bytes.length);
    }

    private static void appendPoint(ValueAppender appender, long x, long y) {
        appender.beginStruct();
        appender.field(0).appendLong(x);
        appender.field(1).appendLong(y);
        appender.endStruct();
    }

    private static void appendAny(ValueAppender appender, Scalar type) {
        switch (type) {
            case STRING, JSON, VARIANT, BINARY -> append(appender, "{}");
            case UUID -> appender.appendBytes(new byte[16], 0, 16);
            case BOOLEAN -> appender.appendBoolean(true);
            case FLOAT, DOUBLE -> appender.appendDouble(1.5);
            case INT, LONG, DATE, TIME, TIMESTAMP, LOCAL_TIMESTAMP, TIMESTAMP_NANO, LOCAL_TIMESTAMP_NANO ->
                appender.appendLong(7);
        }
    }

    private static List<Object> row(ChangeBatch batch, int row) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < batch.schema().columns().size(); i++) {
            Object value = batch.vector(i).getObject(row);
            ColumnType type = batch.schema().columns().get(i).type();
            values.add(type == Scalar.STRING && value != null ? value.toString() : value);
        }
        return values;
    }
}
