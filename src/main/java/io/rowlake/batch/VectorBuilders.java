package io.rowlake.batch;

import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.DecimalType;
import io.rowlake.event.ColumnType.ListType;
import io.rowlake.event.ColumnType.MediaType;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.ColumnType.StructType;

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
        return new StructBuilder(
                type,
                type.fields().stream().map(field -> field.type().accept(this)).toList(),
                memory);
    }

    @Override
    public VectorBuilder media(MediaType type) {
        return struct(MediaType.PARTS);
    }
}
