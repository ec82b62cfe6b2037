package io.rowlake.query;

import io.rowlake.batch.BatchMemory;
import io.rowlake.batch.Batches;
import io.rowlake.batch.ChangeBatch;
import io.rowlake.event.Column;
import io.rowlake.event.ColumnType.DecimalType;
import io.rowlake.event.ColumnType.ListType;
import io.rowlake.event.ColumnType.MediaType;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.ColumnType.StructType;
import io.rowlake.event.Operation;
import io.rowlake.event.SourcePartition;
import io.rowlake.event.SourcePosition;
import io.rowlake.event.TableSchema;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Three rows with a column of every type: an ordinary one, one of nulls, and one of extremes. */
final class SampleRows {

    static final TableSchema SCHEMA = new TableSchema(
            List.of(
                    new Column("label", Scalar.STRING),
                    new Column("width", Scalar.LONG),
                    new Column("height", Scalar.INT),
                    new Column("score", Scalar.DOUBLE),
                    new Column("ratio", Scalar.FLOAT),
                    new Column("price", new DecimalType(10, 2)),
                    new Column("ok", Scalar.BOOLEAN),
                    new Column("day", Scalar.DATE),
                    new Column("clock", Scalar.TIME),
                    new Column("at", Scalar.TIMESTAMP),
                    new Column("here", Scalar.LOCAL_TIMESTAMP),
                    new Column("exact", Scalar.TIMESTAMP_NANO),
                    new Column("id", Scalar.UUID),
                    new Column("raw", Scalar.BINARY),
                    new Column("meta", Scalar.JSON, Optional.of("as it came"), Optional.empty()),
                    new Column("tags", new ListType(Scalar.STRING)),
                    new Column("grid", new ListType(new ListType(Scalar.LONG))),
                    new Column(
                            "box",
                            new StructType(List.of(new Column("x", Scalar.LONG), new Column("name", Scalar.STRING)))),
                    new Column("boxes", new ListType(new StructType(List.of(new Column("x", Scalar.LONG))))),
                    new Column("video", new MediaType()),
                    new Column("odd \"name\"", Scalar.LONG)),
            List.of("label"));

    static final String META =
            "{\"score\":1.5,\"n\":5,\"big\":9007199254740993,\"s\":\"x\\ny\",\"ok\":true,\"none\":null,"
                    + "\"tags\":[\"a\",\"b\"],\"deep\":{\"list\":[1,{\"q\":\"z\"}]},\"when\":\"2026-06-03\"}";

    private static final SourcePartition IMAGES = new SourcePartition("images", 0);

    private SampleRows() {}

    /** The rows as changes at offsets 0, 1 and 2. */
    static ChangeBatch batch(BatchMemory memory) {
        return Batches.of(memory, SCHEMA)
                .row(new SourcePosition(IMAGES, 0), Operation.CREATE, ordinary())
                .row(
                        new SourcePosition(IMAGES, 1),
                        Operation.UPDATE,
                        new Object[SCHEMA.columns().size()])
                .row(new SourcePosition(IMAGES, 2), Operation.READ, extreme())
                .build();
    }

    private static @Nullable Object[] ordinary() {
        return new Object[] {
            "cat",
            640L,
            480,
            0.5,
            1.5,
            new BigDecimal("12.34"),
            true,
            LocalDate.of(2026, 6, 3).toEpochDay(),
            ChronoUnit.MICROS.between(Instant.EPOCH, Instant.EPOCH.plusSeconds(60)),
            ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse("2026-06-03T12:00:00.5Z")),
            0L,
            1L,
            UUID.fromString("123e4567-e89b-12d3-a456-426614174000"),
            "raw".getBytes(StandardCharsets.UTF_8),
            META,
            Arrays.asList("red", null),
            List.of(List.of(1L, 2L), List.of(3L)),
            List.of(7L, "crate"),
            List.of(List.of(4L)),
            Arrays.asList("s3://example-bucket/a.mp4", "/tmp/a.mp4", null),
            1L
        };
    }

    private static @Nullable Object[] extreme() {
        return new Object[] {
            "\u00D6\uD83D\uDE00_%",
            Long.MIN_VALUE,
            0,
            Double.NaN,
            -0.5,
            new BigDecimal("-0.01"),
            false,
            -1L,
            0L,
            -1L,
            -1L,
            -1L,
            new UUID(-1, -1),
            new byte[0],
            "\"text\"",
            List.of(),
            Arrays.asList(null, List.of()),
            Arrays.asList(null, "nothing"),
            List.of(),
            Arrays.asList(null, null, null),
            -1L
        };
    }
}
