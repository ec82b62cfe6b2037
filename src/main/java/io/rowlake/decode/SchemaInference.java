package io.rowlake.decode;

import io.rowlake.decode.SourceSchema.SourceColumn;
import io.rowlake.decode.ValueForm.Atom;
import io.rowlake.decode.ValueForm.Elements;
import io.rowlake.decode.ValueForm.Encoding;
import io.rowlake.decode.ValueForm.Members;
import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.DecimalType;
import io.rowlake.event.ColumnType.ListType;
import io.rowlake.event.ColumnType.MediaType;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.ColumnType.StructType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The forms of values that no schema describes. */
final class SchemaInference {

    private static final Atom STRING = plain(Scalar.STRING);
    private static final Atom LONG = plain(Scalar.LONG);
    private static final Atom DOUBLE = plain(Scalar.DOUBLE);
    private static final Atom BOOLEAN = plain(Scalar.BOOLEAN);
    private static final Atom TIMESTAMP = plain(Scalar.TIMESTAMP);
    private static final Atom BINARY = plain(Scalar.BINARY);
    private static final Atom JSON = plain(Scalar.JSON);

    private SchemaInference() {}

    /**
     * The form of a column, given the first value of it.
     *
     * @param neutralValue not null, of a class that {@link Fields} allows
     */
    static ValueForm form(Object neutralValue) {
        if (neutralValue instanceof Number number) {
            return number(number);
        }
        if (neutralValue instanceof String) {
            return STRING;
        }
        if (neutralValue instanceof Boolean) {
            return BOOLEAN;
        }
        if (neutralValue instanceof List<?> list) {
            return list(list);
        }
        if (isObject(neutralValue)) {
            return JSON;
        }
        if (neutralValue instanceof byte[] || neutralValue instanceof ByteBuffer) {
            return BINARY;
        }
        if (neutralValue instanceof Date) {
            return TIMESTAMP;
        }
        throw new SchemaException("value without a schema must be of a type that Connect's converters make but was of "
                + neutralValue.getClass().getName());
    }

    /** The form of a value for a column that the destination already has. */
    static ValueForm guided(@Nullable Object value, ColumnType destination) {
        // A destination without a JSON type shows its JSON columns as text. Where it has structs they may yet grow,
        // by fields that a form of today wouldn't know.
        boolean isText = destination == Scalar.STRING && (value instanceof List<?> || isObject(value));
        return isText || hasStruct(destination) ? JSON : ofDestination(destination);
    }

    private static boolean hasStruct(ColumnType type) {
        return type instanceof StructType || (type instanceof ListType list && hasStruct(list.element()));
    }

    /** The natural form of values for a column that the destination already has. */
    static ValueForm ofDestination(ColumnType type) {
        return type.accept(new NaturalForm());
    }

    private static boolean isObject(@Nullable Object value) {
        return value instanceof Map<?, ?> || value instanceof Fields;
    }

    private static ValueForm number(Number value) {
        if (value instanceof Float || value instanceof Double) {
            return DOUBLE;
        }
        if (value instanceof BigInteger whole) {
            return whole.bitLength() < Long.SIZE ? LONG : decimal(new BigDecimal(whole));
        }
        return value instanceof BigDecimal decimal ? decimal(decimal) : LONG;
    }

    /** A number with more digits than a decimal holds is kept whole as JSON. */
    private static ValueForm decimal(BigDecimal value) {
        int scale = Math.max(value.scale(), 0);
        long digitsBeforePoint = (long) value.precision() - value.scale();
        boolean fits = Math.max(digitsBeforePoint, 0) + scale <= DecimalType.MAX_PRECISION;
        return fits ? plain(new DecimalType(DecimalType.MAX_PRECISION, scale)) : JSON;
    }

    private static ValueForm list(List<?> list) {
        Optional<ValueForm> common = Optional.empty();
        for (Object element : list) {
            if (element != null) {
                ValueForm form = form(element);
                common = Optional.of(common.isEmpty() ? form : common(common.get(), form));
            }
        }
        return common.filter(form -> !form.equals(JSON))
                .<ValueForm>map(form -> new Elements(form, Elements.FREE))
                .orElse(JSON);
    }

    private static ValueForm common(ValueForm one, ValueForm other) {
        if (one.equals(other)) {
            return one;
        }
        if (isNumber(one) && isNumber(other)) {
            return DOUBLE;
        }
        if (one instanceof Elements ones && other instanceof Elements others) {
            ValueForm element = common(ones.element(), others.element());
            return element.equals(JSON) ? JSON : new Elements(element, Elements.FREE);
        }
        return JSON;
    }

    private static boolean isNumber(ValueForm form) {
        return form.equals(LONG) || form.equals(DOUBLE);
    }

    private static Atom plain(ColumnType type) {
        return new Atom(type, Encoding.PLAIN);
    }

    /** Every atom as one would write it. */
    private static final class NaturalForm implements ColumnType.Visitor<ValueForm> {

        @Override
        public ValueForm scalar(Scalar type) {
            return type == Scalar.VARIANT ? JSON : plain(type);
        }

        @Override
        public ValueForm decimal(DecimalType type) {
            return plain(type);
        }

        @Override
        public ValueForm list(ListType type) {
            return new Elements(type.element().accept(this), Elements.FREE);
        }

        @Override
        public ValueForm struct(StructType type) {
            return new Members(type.fields().stream()
                    .map(field -> new SourceColumn(field.name(), field.type().accept(this)))
                    .toList());
        }

        @Override
        public ValueForm media(MediaType type) {
            return new Atom(type, Encoding.MEDIA);
        }
    }
}
