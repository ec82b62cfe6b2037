package io.rowlake.sink.file;

import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.DecimalType;
import io.rowlake.event.ColumnType.ListType;
import io.rowlake.event.ColumnType.MediaType;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.ColumnType.StructType;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.util.ReusableByteArray;

/** The cell for each type of column. A cell is asked for values that are there. Lists and structs become JSON. */
final class CsvCells implements ColumnType.Visitor<CsvCell> {

    private final FieldVector vector;
    private final CsvSettings.BooleanStyle booleans;
    private final JsonText jsonText;
    private final JsonCells.Rules jsonRules;

    CsvCells(FieldVector vector, CsvSettings.BooleanStyle booleans, JsonText jsonText, BinaryEncoding binary) {
        this.vector = vector;
        this.booleans = booleans;
        this.jsonText = jsonText;
        this.jsonRules = new JsonCells.Rules(JsonSettings.NonFinite.NULL, binary);
    }

    /** Whether values are quoted where all but numbers and booleans are. */
    static boolean isText(ColumnType type) {
        if (type instanceof Scalar scalar) {
            return switch (scalar) {
                case INT, LONG, FLOAT, DOUBLE, BOOLEAN -> false;
                case STRING,
                        TIMESTAMP,
                        LOCAL_TIMESTAMP,
                        TIMESTAMP_NANO,
                        LOCAL_TIMESTAMP_NANO,
                        DATE,
                        TIME,
                        UUID,
                        BINARY,
                        JSON,
                        VARIANT -> true;
            };
        }
        return !(type instanceof DecimalType);
    }

    @Override
    public CsvCell scalar(Scalar type) {
        return switch (type) {
            case STRING, JSON, VARIANT -> text((VarCharVector) vector);
            case INT -> {
                var ints = (IntVector) vector;
                yield row -> Integer.toString(ints.get(row));
            }
            case LONG -> {
                var longs = (BigIntVector) vector;
                yield row -> Long.toString(longs.get(row));
            }
            case FLOAT -> {
                var floats = (Float4Vector) vector;
                yield row -> text(floats.get(row));
            }
            case DOUBLE -> {
                var doubles = (Float8Vector) vector;
                yield row -> text(doubles.get(row));
            }
            case BOOLEAN -> bool((BitVector) vector);
            case TIMESTAMP, LOCAL_TIMESTAMP, TIMESTAMP_NANO, LOCAL_TIMESTAMP_NANO, DATE, TIME -> iso(type);
            case UUID -> {
                var uuids = (FixedSizeBinaryVector) vector;
                yield row -> UuidText.of(uuids, row);
            }
            case BINARY -> base64((VarBinaryVector) vector);
        };
    }

    @Override
    public CsvCell decimal(DecimalType type) {
        var decimals = (DecimalVector) vector;
        return row -> decimals.getObjectNotNull(row).toPlainString();
    }

    @Override
    public CsvCell list(ListType type) {
        return json(type);
    }

    @Override
    public CsvCell struct(StructType type) {
        return json(type);
    }

    @Override
    public CsvCell media(MediaType type) {
        return json(MediaType.PARTS);
    }

    private CsvCell json(ColumnType type) {
        JsonCell cell = JsonCells.nullable(type, vector, jsonRules);
        return row -> jsonText.of(json -> cell.write(row, json)).text();
    }

    private CsvCell bool(BitVector bits) {
        return switch (booleans) {
            case LOWER -> row -> bits.get(row) != 0 ? "true" : "false";
            case PYTHON -> row -> bits.get(row) != 0 ? "True" : "False";
        };
    }

    private CsvCell iso(Scalar type) {
        IsoCell cell = IsoCell.of(type, vector);
        var text = new IsoText();
        return row -> {
            text.clear();
            cell.append(row, text);
            return text.toString();
        };
    }

    private static CsvCell text(VarCharVector texts) {
        var bytes = new ReusableByteArray();
        return row -> {
            texts.read(row, bytes);
            return new String(bytes.getBuffer(), 0, Math.toIntExact(bytes.getLength()), StandardCharsets.UTF_8);
        };
    }

    private static CsvCell base64(VarBinaryVector values) {
        return row -> Base64.getEncoder().encodeToString(values.get(row));
    }

    private static String text(double value) {
        return Double.isFinite(value) ? FloatText.of(value) : nonFinite(value);
    }

    private static String text(float value) {
        return Float.isFinite(value) ? FloatText.of(value) : nonFinite(value);
    }

    /** As Python writes it, and as most readers of CSV take it. */
    private static String nonFinite(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        return value > 0 ? "inf" : "-inf";
    }
}
