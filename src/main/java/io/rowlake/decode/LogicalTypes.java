package io.rowlake.decode;

import static io.rowlake.decode.ValueForm.Encoding.EPOCH_DAYS;
import static io.rowlake.decode.ValueForm.Encoding.EPOCH_MICROS;
import static io.rowlake.decode.ValueForm.Encoding.EPOCH_MILLIS;
import static io.rowlake.decode.ValueForm.Encoding.EPOCH_NANOS;
import static io.rowlake.decode.ValueForm.Encoding.ISO_UTC;
import static io.rowlake.decode.ValueForm.Encoding.JSON_TEXT;
import static io.rowlake.decode.ValueForm.Encoding.MEDIA;
import static io.rowlake.decode.ValueForm.Encoding.MICROS_OF_DAY;
import static io.rowlake.decode.ValueForm.Encoding.MILLIS_OF_DAY;
import static io.rowlake.decode.ValueForm.Encoding.NANOS_OF_DAY;
import static io.rowlake.decode.ValueForm.Encoding.PLAIN;
import static io.rowlake.decode.ValueForm.Encoding.UNSCALED_BYTES;
import static io.rowlake.decode.ValueForm.Encoding.VARIABLE_SCALE;
import static java.util.Map.entry;

import io.rowlake.decode.SourceType.Kind;
import io.rowlake.decode.ValueForm.Atom;
import io.rowlake.decode.ValueForm.Elements;
import io.rowlake.decode.ValueForm.Encoding;
import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.DecimalType;
import io.rowlake.event.ColumnType.MediaType;
import io.rowlake.event.ColumnType.Scalar;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the names of Connect schemas say of their values: Connect's own, Pixeltable's and Debezium's.
 *
 * <p>A name counts only on the kinds that it is defined for. Debezium's names that are not here, such as
 * {@code io.debezium.data.Enum}, say no more than their kind.
 */
final class LogicalTypes {

    private static final Set<Kind> MEDIA_KINDS = EnumSet.of(Kind.STRING, Kind.STRUCT, Kind.MAP);
    private static final Set<Kind> ELEMENT_KINDS = EnumSet.range(Kind.INT8, Kind.STRING);
    private static final LogicalType MEDIA_CELL = new LogicalType(MEDIA_KINDS, new Atom(new MediaType(), MEDIA));

    /**
     * A date and time without a zone stands in Debezium's events as if it were of UTC. Its {@code Iso} types, which
     * {@code time.precision.mode=isostring} gives to columns without a zone, therefore end in {@code Z}: a column's
     * {@code 2011-01-11 16:40:30} comes as {@code 2011-01-11T16:40:30Z}, and its dates as {@code 2011-01-11Z} (Debezium's
     * {@code JdbcValueConvertersTemporalPrecisionTest}). Only the {@code Zoned} types are instants.
     */
    private static final Map<String, LogicalType> FIXED = Map.ofEntries(
            entry("org.apache.kafka.connect.data.Timestamp", type(Kind.INT64, Scalar.TIMESTAMP, EPOCH_MILLIS)),
            entry("org.apache.kafka.connect.data.Date", type(Kind.INT32, Scalar.DATE, EPOCH_DAYS)),
            entry("org.apache.kafka.connect.data.Time", type(Kind.INT32, Scalar.TIME, MILLIS_OF_DAY)),
            entry("pixeltable.UUID", type(Kind.STRING, Scalar.UUID, PLAIN)),
            entry("pixeltable.Image", MEDIA_CELL),
            entry("pixeltable.Video", MEDIA_CELL),
            entry("pixeltable.Audio", MEDIA_CELL),
            entry("pixeltable.Document", MEDIA_CELL),
            entry("io.debezium.data.Json", type(Kind.STRING, Scalar.JSON, JSON_TEXT)),
            entry("io.debezium.data.Uuid", type(Kind.STRING, Scalar.UUID, PLAIN)),
            entry("io.debezium.data.VariableScaleDecimal", type(Kind.STRUCT, Scalar.STRING, VARIABLE_SCALE)),
            entry("io.debezium.time.Timestamp", type(Kind.INT64, Scalar.LOCAL_TIMESTAMP, EPOCH_MILLIS)),
            entry("io.debezium.time.MicroTimestamp", type(Kind.INT64, Scalar.LOCAL_TIMESTAMP, EPOCH_MICROS)),
            entry("io.debezium.time.NanoTimestamp", type(Kind.INT64, Scalar.LOCAL_TIMESTAMP_NANO, EPOCH_NANOS)),
            entry("io.debezium.time.IsoTimestamp", type(Kind.STRING, Scalar.LOCAL_TIMESTAMP, ISO_UTC)),
            entry("io.debezium.time.ZonedTimestamp", type(Kind.STRING, Scalar.TIMESTAMP, PLAIN)),
            entry("io.debezium.time.Date", type(Kind.INT32, Scalar.DATE, EPOCH_DAYS)),
            entry("io.debezium.time.IsoDate", type(Kind.STRING, Scalar.DATE, ISO_UTC)),
            entry("io.debezium.time.Time", type(Kind.INT32, Scalar.TIME, MILLIS_OF_DAY)),
            entry("io.debezium.time.MicroTime", type(Kind.INT64, Scalar.TIME, MICROS_OF_DAY)),
            entry("io.debezium.time.NanoTime", type(Kind.INT64, Scalar.TIME, NANOS_OF_DAY)),
            entry("io.debezium.time.IsoTime", type(Kind.STRING, Scalar.TIME, ISO_UTC)));

    private LogicalTypes() {}

    /** A name that says the same of every value. */
    private record LogicalType(Set<Kind> kinds, ValueForm form) {}

    /** The form that the name of a type asks for, empty where it has no name or one that says nothing. */
    static Optional<ValueForm> form(ColumnPath path, SourceType type) {
        String name = type.logicalName().orElse("");
        return switch (name) {
            case "org.apache.kafka.connect.data.Decimal" ->
                type.kind() == Kind.BYTES ? Optional.of(decimal(path, type.parameters())) : Optional.empty();
            case "pixeltable.Json" ->
                Optional.of(new Atom(Scalar.JSON, type.kind() == Kind.STRING ? JSON_TEXT : PLAIN));
            case "pixeltable.Array" -> isArray(type) ? Optional.of(array(path, type)) : Optional.empty();
            default ->
                Optional.ofNullable(FIXED.get(name))
                        .filter(fixed -> fixed.kinds().contains(type.kind()))
                        .map(LogicalType::form);
        };
    }

    private static LogicalType type(Kind kind, ColumnType type, Encoding encoding) {
        return new LogicalType(EnumSet.of(kind), new Atom(type, encoding));
    }

    /** Values with more digits than the largest precision are refused one by one, not with their schema. */
    private static ValueForm decimal(ColumnPath path, Map<String, String> parameters) {
        int scale = wholeNumber(path, "scale", parameters.get("scale"));
        if (scale < 0 || scale > DecimalType.MAX_PRECISION) {
            throw new SchemaException("scale of " + path + " must be 0 to 38 but was " + scale);
        }
        String stated = parameters.get("connect.decimal.precision");
        int precision = stated == null
                ? DecimalType.MAX_PRECISION
                : Math.min(wholeNumber(path, "connect.decimal.precision", stated), DecimalType.MAX_PRECISION);
        // Oracle states fewer digits than stand after the point for numbers that begin with zeros there
        return new Atom(new DecimalType(Math.max(precision, Math.max(scale, 1)), scale), UNSCALED_BYTES);
    }

    private static int wholeNumber(ColumnPath path, String name, @Nullable String text) {
        if (text == null) {
            throw new SchemaException("parameter " + name + " of " + path + " must be stated but is absent");
        }
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new SchemaException(
                    "parameter " + name + " of " + path + " must be a whole number but was '" + text + "'");
        }
    }

    /** An array without dimensions is a single element, whose dtype says more than its kind. */
    private static boolean isArray(SourceType type) {
        return type.kind() == Kind.ARRAY
                || (ELEMENT_KINDS.contains(type.kind()) && type.parameters().containsKey("numpy_dtype"));
    }

    /** The shape and the dtype say more than the schema does, which holds where they are not stated. */
    private static ValueForm array(ColumnPath path, SourceType type) {
        int rank = 0;
        SourceType element = type;
        ColumnPath elementPath = path;
        while (element.kind() == Kind.ARRAY) {
            element = ConnectSchemas.elementOf(elementPath, element);
            elementPath = elementPath.elements();
            rank++;
        }
        String dtype = type.parameters().get("numpy_dtype");
        ValueForm form = dtype == null
                ? ConnectSchemas.form(elementPath, element)
                : PixeltableArrays.element(path.text(), dtype);
        return PixeltableArrays.nested(lengths(path, type.parameters().get("shape"), rank), form);
    }

    private static int[] lengths(ColumnPath path, @Nullable String shape, int rank) {
        if (shape == null || shape.equals("null")) {
            int[] free = new int[rank];
            Arrays.fill(free, Elements.FREE);
            return free;
        }
        byte[] json = shape.getBytes(StandardCharsets.UTF_8);
        int[] lengths =
                PixeltableArrays.lengths(path.text(), SchemaJson.value("shape of " + path, json, 0, json.length));
        if (lengths.length != rank) {
            throw new SchemaException(
                    "shape of " + path + " must have " + rank + " dimensions, as its schema has, but was " + shape);
        }
        return lengths;
    }
}
