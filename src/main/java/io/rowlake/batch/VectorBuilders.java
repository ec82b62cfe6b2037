package io.rowlake.batch;

import io.rowlake.event.Column;
import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.DecimalType;
import io.rowlake.event.ColumnType.ListType;
import io.rowlake.event.ColumnType.MediaType;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.ColumnType.StructType;
import java.util.List;

/** The builder for each type of column. */
final class VectorBuilders implements ColumnType.Visitor<VectorBuilder> {

    private final BoundedAllocator memory;

    VectorBuilders(BoundedAllocator memory) {
        this.memory = memory;
    }

    @Override
    public VectorBuilder scalar(Scalar type) {
        return switch (type) {
            case BOOLEAN -> new BooleanBuilder(memory);
            case INT, DATE, FLOAT -> FixedWidthBuilder.of32Bits(type, memory);
            case LONG, DOUBLE, TIMESTAMP, LOCAL_TIMESTAMP, TIMESTAMP_NANO, LOCAL_TIMESTAMP_NANO, TIME ->
                FixedWidthBuilder.of64Bits(type, memory);
            case UUID -> FixedWidthBuilder.ofUuids(memory);
            case STRING, BINARY, JSON, VARIANT -> new VariableWidthBuilder(type, memory);
        };
    }

    @Override
    public VectorBuilder decimal(DecimalType type) {
        return FixedWidthBuilder.ofDecimals(type, memory);
    }

    @Override
    public VectorBuilder list(ListType type) {
        return new ListBuilder(type, type.element().accept(this), memory);
    }

    @Override
    public VectorBuilder struct(StructType type) {
        return struct(type, type.fields());
    }

    @Override
    public VectorBuilder media(MediaType type) {
        return struct(type, MediaType.PARTS.fields());
    }

    private VectorBuilder struct(ColumnType type, List<Column> fields) {
        return new StructBuilder(
                type, fields.stream().map(field -> field.type().accept(this)).toList(), memory);
    }
}
