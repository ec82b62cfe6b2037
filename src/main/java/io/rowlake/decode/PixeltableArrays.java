package io.rowlake.decode;

import com.fasterxml.jackson.databind.JsonNode;
import io.rowlake.decode.ValueForm.Atom;
import io.rowlake.decode.ValueForm.Elements;
import io.rowlake.decode.ValueForm.Encoding;
import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.DecimalType;
import io.rowlake.event.ColumnType.Scalar;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The forms of Pixeltable's arrays: a list for each dimension, of elements of a numpy dtype. */
final class PixeltableArrays {

    /** What holds every number of 64 bits without a sign. */
    private static final ColumnType UNSIGNED_LONG = new DecimalType(20, 0);

    private static final SortedMap<String, ColumnType> ELEMENTS =
            Collections.unmodifiableSortedMap(new TreeMap<>(Map.ofEntries(
                    Map.entry("bool", Scalar.BOOLEAN),
                    Map.entry("int8", Scalar.INT),
                    Map.entry("int16", Scalar.INT),
                    Map.entry("int32", Scalar.INT),
                    Map.entry("int64", Scalar.LONG),
                    Map.entry("uint8", Scalar.INT),
                    Map.entry("uint16", Scalar.INT),
                    Map.entry("uint32", Scalar.LONG),
                    Map.entry("uint64", UNSIGNED_LONG),
                    Map.entry("float16", Scalar.FLOAT),
                    Map.entry("float32", Scalar.FLOAT),
                    Map.entry("float64", Scalar.DOUBLE),
                    Map.entry("str", Scalar.STRING))));

    private PixeltableArrays() {}

    /** The form of an element, given the name of its dtype. */
    static ValueForm element(String column, String dtype) {
        ColumnType type = ELEMENTS.get(dtype);
        if (type == null) {
            throw new SchemaException("numpy_dtype of column '" + column + "' must be one of "
                    + String.join(", ", ELEMENTS.keySet()) + " but was '" + dtype + "'");
        }
        return new Atom(type, Encoding.PLAIN);
    }

    /** The length of each dimension, {@link Elements#FREE} where the shape has null. */
    static int[] lengths(String column, JsonNode shape) {
        if (!shape.isArray()) {
            throw badShape(column, shape);
        }
        int[] lengths = new int[shape.size()];
        for (int i = 0; i < lengths.length; i++) {
            JsonNode length = shape.get(i);
            if (!length.isNull() && !(length.canConvertToInt() && length.isIntegralNumber() && length.intValue() > 0)) {
                throw badShape(column, shape);
            }
            lengths[i] = length.isNull() ? Elements.FREE : length.intValue();
        }
        return lengths;
    }

    /** A list for each length, the first outermost. Without lengths the array is a single element. */
    static ValueForm nested(int[] lengths, ValueForm element) {
        ValueForm form = element;
        for (int i = lengths.length - 1; i >= 0; i--) {
            form = new Elements(form, lengths[i]);
        }
        return form;
    }

    private static SchemaException badShape(String column, JsonNode shape) {
        return new SchemaException("shape of column '" + column
                + "' must be a list of positive whole numbers, or null for a free dimension, but was "
                + SchemaJson.found(shape));
    }
}
