package io.rowlake.shape;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rowlake.batch.ValueAppender;
import io.rowlake.event.Column;
import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.DecimalType;
import io.rowlake.event.ColumnType.ListType;
import io.rowlake.event.ColumnType.MediaType;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.ColumnType.StructType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.ListVector;

/** Values of any type as JSON text: objects and lists of what is in them, and what JSON has no form for as text. */
final class JsonTextConversion implements Conversion {

    private final FieldVector vector;
    private final ColumnType type;
    private final Scalar to;

    /** To columns of JSON, or of variants. */
    JsonTextConversion(FieldVector vector, ColumnType type, Scalar to) {
        this.vector = vector;
        this.type = type;
        this.to = to;
    }

    static boolean exists(ColumnType from) {
        if (from instanceof StructType struct) {
            return struct.fields().stream().map(Column::type).allMatch(JsonTextConversion::exists);
        }
        return from instanceof ListType list ? exists(list.element()) : !(from instanceof MediaType);
    }

    @Override
    public void append(int row, ValueAppender target) {
        if (vector.isNull(row)) {
            target.appendNull();
            return;
        }
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JsonTexts.generator(bytes)) {
            write(vector, type, row, json);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write to memory", e);
        }
        VariantRule.append(bytes.toByteArray(), to, target);
    }

    private static void write(FieldVector from, ColumnType type, int row, JsonGenerator json) throws IOException {
        if (from.isNull(row)) {
            json.writeNull();
        } else if (type instanceof StructType struct) {
            writeStruct(from, struct, row, json);
        } else if (type instanceof ListType list) {
            writeList((ListVector) from, list.element(), row, json);
        } else if (type instanceof DecimalType) {
            json.writeNumber((BigDecimal) from.getObject(row));
        } else {
            writeScalar(from, (Scalar) type, row, json);
        }
    }

    private static void writeStruct(FieldVector from, StructType type, int row, JsonGenerator json) throws IOException {
        List<FieldVector> children = from.getChildrenFromFields();
        json.writeStartObject();
        for (int i = 0; i < children.size(); i++) {
            Column field = type.fields().get(i);
            json.writeFieldName(field.name());
            try {
                write(children.get(i), field.type(), row, json);
            } catch (MisfitException misfit) {
                throw misfit.atField(field.name());
            }
        }
        json.writeEndObject();
    }

    private static void writeList(ListVector from, ColumnType element, int row, JsonGenerator json) throws IOException {
        json.writeStartArray();
        int start = from.getElementStartIndex(row);
        for (int i = start; i < from.getElementEndIndex(row); i++) {
            try {
                write(from.getDataVector(), element, i, json);
            } catch (MisfitException misfit) {
                throw misfit.atElement(i - start);
            }
        }
        json.writeEndArray();
    }

    private static void writeScalar(FieldVector from, Scalar type, int row, JsonGenerator json) throws IOException {
        switch (type) {
            case INT, LONG -> json.writeNumber(((Number) from.getObject(row)).longValue());
            case FLOAT, DOUBLE -> json.writeNumber(finite((Number) from.getObject(row)));
            case BOOLEAN -> json.writeBoolean((Boolean) from.getObject(row));
            case JSON, VARIANT -> json.writeRawValue(from.getObject(row).toString());
            case BINARY -> json.writeString(Base64.getEncoder().encodeToString((byte[]) from.getObject(row)));
            case STRING, TIMESTAMP, LOCAL_TIMESTAMP, TIMESTAMP_NANO, LOCAL_TIMESTAMP_NANO, DATE, TIME, UUID ->
                json.writeString(new TextConversion(from, type).text(row));
        }
    }

    /** The shortest text that reads back as the number, of 32 bits or of 64. */
    private static String finite(Number value) {
        if (!Double.isFinite(value.doubleValue())) {
            throw MisfitException.of("a number that JSON has a form for", value);
        }
        return value.toString();
    }
}
