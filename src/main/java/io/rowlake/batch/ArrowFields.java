package io.rowlake.batch;

import io.rowlake.event.Column;
import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.DecimalType;
import io.rowlake.event.ColumnType.ListType;
import io.rowlake.event.ColumnType.MediaType;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.ColumnType.StructType;
import java.util.List;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/** Columns as Arrow fields. Every field is nullable. */
final class ArrowFields implements ColumnType.Visitor<ArrowType> {

    private static final int DECIMAL_BITS = 128;
    private static final int UUID_BYTES = 16;

    private ArrowFields() {}

    static Field field(Column column) {
        return field(column.name(), column.type());
    }

    private static Field field(String name, ColumnType type) {
        List<Field> children = List.of();
        if (type instanceof ListType list) {
            children = List.of(field("element", list.element()));
        } else if (type instanceof StructType struct) {
            children = struct.fields().stream().map(ArrowFields::field).toList();
        } else if (type instanceof MediaType) {
            children = MediaType.PARTS.fields().stream().map(ArrowFields::field).toList();
        }
        return new Field(name, FieldType.nullable(type.accept(new ArrowFields())), children);
    }

    @Override
    public ArrowType scalar(Scalar type) {
        return switch (type) {
            case STRING, JSON, VARIANT -> new ArrowType.Utf8();
            case INT -> new ArrowType.Int(Integer.SIZE, true);
            case LONG -> new ArrowType.Int(Long.SIZE, true);
            case FLOAT -> new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
            case DOUBLE -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
            case BOOLEAN -> new ArrowType.Bool();
            case TIMESTAMP -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC");
            case LOCAL_TIMESTAMP -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, null);
            case TIMESTAMP_NANO -> new ArrowType.Timestamp(TimeUnit.NANOSECOND, "UTC");
            case LOCAL_TIMESTAMP_NANO -> new ArrowType.Timestamp(TimeUnit.NANOSECOND, null);
            case DATE -> new ArrowType.Date(DateUnit.DAY);
            case TIME -> new ArrowType.Time(TimeUnit.MICROSECOND, Long.SIZE);
            case UUID -> new ArrowType.FixedSizeBinary(UUID_BYTES);
            case BINARY -> new ArrowType.Binary();
        };
    }

    @Override
    public ArrowType decimal(DecimalType type) {
        return new ArrowType.Decimal(type.precision(), type.scale(), DECIMAL_BITS);
    }

    @Override
    public ArrowType list(ListType type) {
        return new ArrowType.List();
    }

    @Override
    public ArrowType struct(StructType type) {
        return new ArrowType.Struct();
    }

    @Override
    public ArrowType media(MediaType type) {
        return new ArrowType.Struct();
    }
}
