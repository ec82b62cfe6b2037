package io.rowlake.connect;

import io.rowlake.decode.MapFields;
import io.rowlake.decode.Payload;
import io.rowlake.decode.Payload.Absent;
import io.rowlake.decode.Payload.JsonBytes;
import io.rowlake.decode.Payload.Single;
import io.rowlake.decode.Payload.Text;
import io.rowlake.decode.Payload.Tree;
import io.rowlake.decode.RawRecord;
import io.rowlake.decode.SourceType;
import io.rowlake.event.MalformedEventException;
import io.rowlake.event.SourcePartition;
import io.rowlake.event.SourcePosition;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** Records of Connect as raw records. For one thread. */
final class RecordTranslator {

    /** The time of a record that has none, as those of producers older than Kafka 0.10. */
    private static final long UNKNOWN_TIME_MILLIS = 0;

    private final SchemaTranslator schemas = new SchemaTranslator();

    /**
     * The record with the position that it has in the broker, whatever transformations made of its topic.
     *
     * @throws MalformedEventException if a map in it has keys that are no text, or a schema refers to itself
     */
    RawRecord translate(SinkRecord record) {
        SourcePosition position = position(record);
        Long timestamp = record.timestamp();
        return new RawRecord(
                record.topic(),
                position,
                timestamp == null ? UNKNOWN_TIME_MILLIS : timestamp,
                payload(record.key(), record.keySchema(), position),
                payload(record.value(), record.valueSchema(), position));
    }

    /** Where the record stands in the broker. */
    static SourcePosition position(SinkRecord record) {
        return new SourcePosition(
                new SourcePartition(record.originalTopic(), record.originalKafkaPartition()),
                record.originalKafkaOffset());
    }

    private Payload payload(@Nullable Object value, @Nullable Schema schema, SourcePosition position) {
        if (value == null) {
            return Absent.ABSENT;
        }
        if (value instanceof byte[] bytes) {
            return new JsonBytes(bytes);
        }
        if (value instanceof Struct struct) {
            return new Tree(new StructFields(struct, schemas.type(struct.schema(), position)));
        }
        if (value instanceof String text) {
            return new Text(text);
        }
        if (value instanceof ByteBuffer buffer) {
            return new JsonBytes(bytes(buffer));
        }
        return schema == null ? schemaless(value, position) : typed(value, schemas.type(schema, position), position);
    }

    private static Payload schemaless(Object value, SourcePosition position) {
        if (value instanceof Map<?, ?> map) {
            return new Tree(MapFields.of(SchemalessValues.textKeyed(map, position)));
        }
        SchemalessValues.check(value, position);
        return new Single(value, Optional.empty());
    }

    private static Payload typed(Object value, SourceType type, SourcePosition position) {
        if (value instanceof Map<?, ?> map && type.element().isPresent()) {
            SchemalessValues.checkKeys(map, position);
            return new Tree(MapFields.of(ConnectValues.map(map, type.element().get())));
        }
        return new Single(ConnectValues.present(value, type), Optional.of(type));
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
