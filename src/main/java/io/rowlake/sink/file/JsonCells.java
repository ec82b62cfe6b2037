package io.rowlake.sink.file;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.DecimalType;
import io.rowlake.event.ColumnType.ListType;
import io.rowlake.event.ColumnType.MediaType;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.ColumnType.StructType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.arrow.memory.ReusableBuffer;
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
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.util.ReusableByteArray;

/** The cell for each type of column. A cell is asked for values that are there, and knows the type of its vector. */
final class JsonCells implements ColumnType.Visitor<JsonCell> {

    private final FieldVector vector;
    private final Rules rules;

    private JsonCells(FieldVector vector, Rules rules) {
        this.vector = vector;
        this.rules = rules;
    }

    /** What becomes of values that JSON has no form for. */
    record Rules(JsonSettings.NonFinite nonFinite, BinaryEncoding binary) {}

    static JsonCell nullable(ColumnType type, FieldVector vector, Rules rules) {
        JsonCell present = type.accept(new JsonCells(vector, rules));
        return (row, json) -> {
            if (vector.isNull(row)) {
                json.writeNull();
            } else {
                present.write(row, json);
            }
        };
    }

    @Override
    public JsonCell scalar(Scalar type) {
        return switch (type) {
            case STRING -> text((VarCharVector) vector);
            case JSON, VARIANT -> raw((VarCharVector) vector);
            case INT -> {
                var ints = (IntVector) vector;
                yield (row, json) -> json.writeNumber(ints.get(row));
            }
            case LONG -> {
                var longs = (BigIntVector) vector;
                yield (row, json) -> json.writeNumber(longs.get(row));
            }
            case FLOAT -> floats((Float4Vector) vector);
            case DOUBLE -> doubles((Float8Vector) vector);
            case BOOLEAN -> {
                var bits = (BitVector) vector;
                yield (row, json) -> json.writeBoolean(bits.get(row) != 0);
            }
            case TIMESTAMP, LOCAL_TIMESTAMP, TIMESTAMP_NANO, LOCAL_TIMESTAMP_NANO, DATE, TIME -> iso(type);
            case UUID -> {
                var uuids = (FixedSizeBinaryVector) vector;
                yield (row, json) -> json.writeString(UuidText.of(uuids, row));
            }
            case BINARY -> base64((VarBinaryVector) vector);
        };
    }

    @Override
    public JsonCell decimal(DecimalType type) {
        var decimals = (DecimalVector) vector;
        return (row, json) -> json.writeNumber(decimals.getObjectNotNull(row));
    }

    @Override
    public JsonCell list(ListType type) {
        var lists = (ListVector) vector;
        JsonCell element = nullable(type.element(), lists.getDataVector(), rules);
        return (row, json) -> {
            json.writeStartArray();
            int end = lists.getElementEndIndex(row);
            for (int i = lists.getElementStartIndex(row); i < end; i++) {
                element.write(i, json);
            }
            json.writeEndArray();
        };
    }

    @Override
    public JsonCell struct(StructType type) {
        List<FieldVector> children = vector.getChildrenFromFields();
        return JsonFields.of(type.fields(), children::get, rules)::writeObject;
    }

    @Override
    public JsonCell media(MediaType type) {
        return struct(MediaType.PARTS);
    }

    private static JsonCell text(VarCharVector texts) {
        var bytes = new ReusableByteArray();
        return (row, json) -> {
            texts.read(row, bytes);
            json.writeUTF8String(bytes.getBuffer(), 0, length(bytes));
        };
    }

    private static JsonCell raw(VarCharVector texts) {
        var bytes = new ReusableByteArray();
        return (row, json) -> {
            texts.read(row, bytes);
            json.writeRawValue(new String(bytes.getBuffer(), 0, length(bytes), StandardCharsets.UTF_8));
        };
    }

    private static JsonCell base64(VarBinaryVector values) {
        var bytes = new ReusableByteArray();
        return (row, json) -> {
            values.read(row, bytes);
            json.writeBinary(bytes.getBuffer(), 0, length(bytes));
        };
    }

    private JsonCell floats(Float4Vector floats) {
        return (row, json) -> {
            float value = floats.get(row);
            if (Float.isFinite(value)) {
                json.writeNumber(FloatText.of(value));
            } else {
                writeNonFinite(value, json);
            }
        };
    }

    private JsonCell doubles(Float8Vector doubles) {
        return (row, json) -> {
            double value = doubles.get(row);
            if (Double.isFinite(value)) {
                json.writeNumber(FloatText.of(value));
            } else {
                writeNonFinite(value, json);
            }
        };
    }

    private void writeNonFinite(double value, JsonGenerator json) throws IOException {
        switch (rules.nonFinite()) {
            case NULL -> json.writeNull();
            case STRING -> json.writeString(Double.toString(value));
            case TOKEN -> json.writeRawValue(Double.toString(value));
        }
    }

    private JsonCell iso(Scalar type) {
        IsoCell cell = IsoCell.of(type, vector);
        var text = new IsoText();
        return (row, json) -> {
            text.clear();
            cell.append(row, text);
            json.writeString(text.chars(), 0, text.length());
        };
    }

    private static int length(ReusableBuffer<byte[]> bytes) {
        return Math.toIntExact(bytes.getLength());
    }
}
