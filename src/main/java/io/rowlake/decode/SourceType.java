package io.rowlake.decode;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A type as a Connect schema states it, without Connect: from a struct's schema or from the {@code schema} block of JSON.
 *
 * @param logicalName the name of the schema, such as {@code org.apache.kafka.connect.data.Decimal} or
 *     {@code io.debezium.time.MicroTimestamp}
 * @param parameters such as {@code scale} of a decimal
 * @param fields of a {@code STRUCT}, in order
 * @param element of an {@code ARRAY}, or the values of a {@code MAP}
 */
public record SourceType(
        Kind kind,
        Optional<String> logicalName,
        Map<String, String> parameters,
        List<Field> fields,
        Optional<SourceType> element) {

    public SourceType {
        parameters = Map.copyOf(parameters);
        fields = List.copyOf(fields);
    }

    /** Connect's own kinds. */
    public enum Kind {
        INT8,
        INT16,
        INT32,
        INT64,
        FLOAT32,
        FLOAT64,
        BOOLEAN,
        STRING,
        BYTES,
        ARRAY,
        MAP,
        STRUCT
    }

    /** A field of a struct. */
    public record Field(String name, SourceType type) {}
}
