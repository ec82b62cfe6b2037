package io.rowlake.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowlake.batch.BatchMemory;
import io.rowlake.batch.Batches;
import io.rowlake.batch.ChangeBatch;
import io.rowlake.event.Column;
import io.rowlake.event.ColumnType.ListType;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.MalformedEventsException;
import io.rowlake.event.Operation;
import io.rowlake.event.SourcePartition;
import io.rowlake.event.SourcePosition;
import io.rowlake.event.TableSchema;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Times of nanoseconds on their way to a destination that keeps microseconds. */
final class DestinationUnitsTest {

    private static final TableSchema NANOS = schema(Scalar.TIMESTAMP_NANO);
    private static final TableSchema MICROS = schema(Scalar.TIMESTAMP);

    private final BatchMemory memory = new BatchMemory();

    @AfterEach
    void nothingIsLeaked() {
        memory.close();
    }

    @Test
    void wholeMicrosecondsAreKept() {
        ChangeBatch batch = batch(List.of(-1000L, List.of(2000L)), Arrays.asList(Long.MAX_VALUE / 1000 * 1000, null));

        try (ChangeBatch shaped = new Shaper(ShapeSettings.plain()).apply(batch, Optional.empty(), wanted -> MICROS)) {
            assertThat(shaped.schema()).isEqualTo(MICROS);
            assertThat(IntStream.range(0, 2).mapToObj(shaped.vector(0)::getObject))
                    .containsExactly(-1L, 9_223_372_036_854_775L);
            assertThat(IntStream.range(0, 2)
                            .mapToObj(row -> String.valueOf(shaped.vector(1).getObject(row))))
                    .containsExactly("[2]", "null");
        }
    }

    @Test
    void finerTimesAreBadRows() {
        try (ChangeBatch batch =
                batch(List.of(1000L, List.of()), List.of(1001L, List.of()), List.of(0L, List.of(0L, -1L)))) {
            var shaper = new Shaper(ShapeSettings.plain());

            assertThatThrownBy(() -> shaper.apply(batch, Optional.empty(), wanted -> MICROS))
                    .isInstanceOfSatisfying(
                            MalformedEventsException.class,
                            bad -> assertThat(bad.events())
                                    .extracting(Throwable::getMessage)
                                    .containsExactly(finer(1, "at", 1), finer(2, "all[1]", 999)));
        }
    }

    private static String finer(int offset, String path, int nanos) {
        return "Cannot decode event at images-0@" + offset + ": column '" + path
                + "' must be a time in whole microseconds but has the nanoseconds " + nanos
                + ", which the column can't hold: a new table of iceberg.format.version=3 can, as timestamp_ns";
    }

    private static TableSchema schema(Scalar type) {
        return new TableSchema(List.of(new Column("at", type), new Column("all", new ListType(type))), List.of());
    }

    private ChangeBatch batch(List<?>... rows) {
        Batches batch = Batches.of(memory, NANOS);
        for (int row = 0; row < rows.length; row++) {
            batch.row(new SourcePosition(new SourcePartition("images", 0), row), Operation.CREATE, rows[row].toArray());
        }
        return batch.build();
    }
}
