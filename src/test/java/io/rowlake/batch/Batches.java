package io.rowlake.batch;

import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.DecimalType;
import io.rowlake.event.ColumnType.ListType;
import io.rowlake.event.ColumnType.MediaType;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.ColumnType.StructType;
import io.rowlake.event.Operation;
import io.rowlake.event.SourcePosition;
import io.rowlake.event.TableSchema;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Batches from plain values: text as {@link String}, numbers, dates and times as {@link Number}, decimals as
 * {@link BigDecimal}, and {@link Boolean}, {@link UUID}, {@code byte[]}. Lists, and structs in the order of their fields,
 * are a {@link List}.
 */
public final class Batches {

    private final BatchBuilder builder;

    private Batches(BatchBuilder builder) {
        this.builder = builder;
    }

    public static Batches of(BatchMemory memory, TableSchema schema) {
        return new Batches(new BatchBuilder(memory, schema, Long.MAX_VALUE));
    }

    public Batches row(SourcePosition position, Operation operation, @Nullable Object... values) {
        for (int i = 0; i < values.length; i++) {
            append(builder.column(i), values[i]);
        }
        builder.endRow(operation, position, 0);
        return this;
    }

    public ChangeBatch build() {
        return builder.build();
    }

    private static void append(ValueAppender target, @Nullable Object value) {
        if (value == null) {
            target.appendNull();
        } else {
            target.type().accept(new Appending(target, value));
        }
    }

    private static void appendBytes(ValueAppender target, byte[] bytes) {
        target.appendBytes(bytes, 0, bytes.length);
    }

    /** Appends one value by the type of its column. */
    private record Appending(ValueAppender target, Object value) implements ColumnType.Visitor<ValueAppender> {

        @Override
        public ValueAppender scalar(Scalar type) {
            switch (type) {
                case STRING, JSON, VARIANT -> appendBytes(target, ((String) value).getBytes(StandardCharsets.UTF_8));
                case INT, LONG, TIMESTAMP, LOCAL_TIMESTAMP, TIMESTAMP_NANO, LOCAL_TIMESTAMP_NANO, DATE, TIME ->
                    target.appendLong(((Number) value).longValue());
                case FLOAT, DOUBLE -> target.appendDouble(((Number) value).doubleValue());
                case BOOLEAN -> target.appendBoolean((Boolean) value);
                case UUID -> appendBytes(target, bytes((UUID) value));
                case BINARY -> appendBytes(target, (byte[]) value);
            }
            return target;
        }

        @Override
        public ValueAppender decimal(DecimalType type) {
            target.appendUnscaled(((BigDecimal) value).setScale(type.scale()).unscaledValue());
            return target;
        }

        @Override
        public ValueAppender list(ListType type) {
            target.beginList();
            ((List<?>) value).forEach(element -> append(target.element(), element));
            target.endList();
            return target;
        }

        @Override
        public ValueAppender struct(StructType type) {
            target.beginStruct();
            List<?> fields = (List<?>) value;
            for (int i = 0; i < fields.size(); i++) {
                append(target.field(i), fields.get(i));
            }
            target.endStruct();
            return target;
        }

        @Override
        public ValueAppender media(MediaType type) {
            return struct(MediaType.PARTS);
        }

        private static byte[] bytes(UUID uuid) {
            return ByteBuffer.allocate(2 * Long.BYTES)
                    .putLong(uuid.getMostSignificantBits())
                    .putLong(uuid.getLeastSignificantBits())
                    .array();
        }
    }
}
