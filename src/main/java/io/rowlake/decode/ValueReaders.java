package io.rowlake.decode;

import io.rowlake.decode.SourceSchema.SourceColumn;
import io.rowlake.decode.ValueForm.Atom;
import io.rowlake.decode.ValueForm.Elements;
import io.rowlake.decode.ValueForm.Encoding;
import io.rowlake.decode.ValueForm.Members;
import io.rowlake.event.Column;
import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.DecimalType;
import io.rowlake.event.ColumnType.ListType;
import io.rowlake.event.ColumnType.MediaType;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.ColumnType.StructType;
import java.util.List;

/** The reader for each form of value and type of column. */
final class ValueReaders {

    private final Utf8Buffer scratch = new Utf8Buffer();

    /**
     * A reader of values of a form into a column of the form's type or a wider one.
     *
     * @throws IllegalArgumentException if the column can't take values of the form
     */
    ValueReader reader(ValueForm form, ColumnType target) {
        if (form instanceof Elements elements && target instanceof ListType list) {
            return new ListReader(reader(elements.element(), list.element()), elements.length());
        }
        if (form instanceof Members members && target instanceof StructType struct) {
            return structReader(members, struct);
        }
        if (form instanceof Atom atom) {
            return atomReader(atom, target);
        }
        throw mismatch(form, target);
    }

    private static IllegalArgumentException mismatch(ValueForm form, ColumnType target) {
        return new IllegalArgumentException("Cannot read values of type " + form.type() + " into a column of type "
                + target + ": pin the type of the column, or take another destination");
    }

    private ValueReader atomReader(Atom atom, ColumnType target) {
        if (target instanceof DecimalType decimal) {
            return decimalReader(atom, decimal);
        }
        if (target instanceof MediaType) {
            return new MediaReader(scratch);
        }
        if (target instanceof Scalar scalar) {
            return scalarReader(atom.encoding(), scalar);
        }
        throw mismatch(atom, target);
    }

    private ValueReader structReader(Members members, StructType struct) {
        List<SourceColumn> fields = members.fields();
        var readers = new ValueReader[fields.size()];
        var targets = new int[fields.size()];
        List<String> columns = struct.fields().stream().map(Column::name).toList();
        for (int i = 0; i < readers.length; i++) {
            SourceColumn field = fields.get(i);
            targets[i] = columns.indexOf(field.name());
            if (targets[i] < 0) {
                throw new IllegalArgumentException("Cannot read field '" + field.name() + "' into a column of type "
                        + struct + ": it is not there");
            }
            readers[i] = reader(field.form(), struct.fields().get(targets[i]).type());
        }
        return new StructReader(
                new NameIndex(fields.stream().map(SourceColumn::name).toList()), readers, targets);
    }

    private static ValueReader decimalReader(Atom atom, DecimalType target) {
        var decimals = new DecimalReader(target);
        if (atom.encoding() == Encoding.UNSCALED_BYTES && atom.type() instanceof DecimalType source) {
            return new UnscaledDecimalReader(decimals, source.scale());
        }
        return decimals;
    }

    private ValueReader scalarReader(Encoding encoding, Scalar target) {
        return switch (encoding) {
            case PLAIN -> plainReader(target);
            case EPOCH_MILLIS, EPOCH_MICROS, EPOCH_NANOS, EPOCH_DAYS, MILLIS_OF_DAY, MICROS_OF_DAY, NANOS_OF_DAY ->
                new CountedTimeReader(encoding, target);
            case ISO_UTC -> new IsoTimeReader(target, "Z");
            case VARIABLE_SCALE -> new VariableScaleReader(scratch);
            case JSON_TEXT -> new JsonTextReader(scratch);
            case MEDIA, UNSCALED_BYTES ->
                throw new IllegalArgumentException(
                        "Cannot read values encoded as " + encoding + " into a column of type " + target);
        };
    }

    private ValueReader plainReader(Scalar target) {
        return switch (target) {
            case STRING -> new TextReader(scratch);
            case INT -> new WholeNumberReader(Integer.MIN_VALUE, Integer.MAX_VALUE, "a whole number of 32 bits");
            case LONG -> new WholeNumberReader(Long.MIN_VALUE, Long.MAX_VALUE, "a whole number of 64 bits");
            case FLOAT -> FloatingPointReader.ofFloat();
            case DOUBLE -> FloatingPointReader.ofDouble();
            case BOOLEAN -> new BooleanReader();
            case TIMESTAMP, LOCAL_TIMESTAMP, TIMESTAMP_NANO, LOCAL_TIMESTAMP_NANO, DATE, TIME ->
                new IsoTimeReader(target, "");
            case UUID -> new UuidReader();
            case BINARY -> new BinaryReader();
            case JSON, VARIANT -> new JsonReader(scratch);
        };
    }
}
