package io.rowlake.decode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rowlake.batch.ChangeBatch;
import io.rowlake.event.Column;
import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.ColumnType.StructType;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;

/** A row as JSON text: {@code op}, {@code ts}, and the columns; times as counts, JSON columns as their text. */
final class RowText implements ColumnType.Visitor<JsonNode> {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final FieldVector vector;
    private final int index;

    private RowText(FieldVector vector, int index) {
        this.vector = vector;
        this.index = index;
    }

    static String of(ChangeBatch batch, int row) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("op", String.valueOf(batch.operation(row).letter()));
        node.put("ts", batch.timestampMillis(row));
        ObjectNode columns = node.putObject("row");
        int index = 0;
        for (Column column : batch.schema().columns()) {
            columns.set(column.name(), value(batch.vector(index), column.type(), row));
            index++;
        }
        return node.toString();
    }

    private static JsonNode value(FieldVector vector, ColumnType type, int index) {
        return vector.isNull(index) ? NODES.nullNode() : type.accept(new RowText(vector, index));
    }

    @Override
    public JsonNode scalar(Scalar type) {
        return switch (type) {
            case STRING, JSON, VARIANT ->
                NODES.textNode(((VarCharVector) vector).getObject(index).toString());
            case INT -> NODES.numberNode(((IntVector) vector).get(index));
            case LONG -> NODES.numberNode(((BigIntVector) vector).get(index));
            case FLOAT -> NODES.numberNode(((Float4Vector) vector).get(index));
            case DOUBLE -> NODES.numberNode(((Float8Vector) vector).get(index));
            case BOOLEAN -> NODES.booleanNode(((BitVector) vector).get(index) == 1);
            case TIMESTAMP -> NODES.numberNode(((TimeStampMicroTZVector) vector).get(index));
            case LOCAL_TIMESTAMP -> NODES.numberNode(((TimeStampMicroVector) vector).get(index));
            case TIMESTAMP_NANO, LOCAL_TIMESTAMP_NANO -> NODES.numberNode(((TimeStampVector) vector).get(index));
            case DATE -> NODES.numberNode(((DateDayVector) vector).get(index));
            case TIME -> NODES.numberNode(((TimeMicroVector) vector).get(index));
            case UUID -> NODES.textNode(uuid(((FixedSizeBinaryVector) vector).get(index)));
            case BINARY -> NODES.textNode(Base64.getEncoder().encodeToString(((VarBinaryVector) vector).get(index)));
        };
    }

    @Override
    public JsonNode decimal(ColumnType.DecimalType type) {
        return NODES.textNode(((DecimalVector) vector).getObject(index).toPlainString());
    }

    @Override
    public JsonNode list(ColumnType.ListType type) {
        ListVector list = (ListVector) vector;
        ArrayNode node = NODES.arrayNode();
        for (int i = list.getElementStartIndex(index); i < list.getElementEndIndex(index); i++) {
            node.add(value(list.getDataVector(), type.element(), i));
        }
        return node;
    }

    @Override
    public JsonNode struct(StructType type) {
        ObjectNode node = NODES.objectNode();
        int child = 0;
        for (Column field : type.fields()) {
            FieldVector values = ((StructVector) vector).getChildrenFromFields().get(child);
            node.set(field.name(), value(values, field.type(), index));
            child++;
        }
        return node;
    }

    @Override
    public JsonNode media(ColumnType.MediaType type) {
        return struct(ColumnType.MediaType.PARTS);
    }

    private static String uuid(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong()).toString();
    }
}
