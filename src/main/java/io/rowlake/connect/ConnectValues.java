package io.rowlake.connect;

import io.rowlake.decode.SourceType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Values of Connect as values that {@link io.rowlake.decode.Fields} allows. */
final class ConnectValues {

    private ConnectValues() {}

    /** The value of a field, which may be absent. */
    static @Nullable Object neutral(@Nullable Object value, SourceType type) {
        return value == null ? null : present(value, type);
    }

    /** The same value where its class is allowed and holds no other. */
    static Object present(Object value, SourceType type) {
        if (value instanceof Struct struct) {
            return new StructFields(struct, type);
        }
        Optional<SourceType> element = type.element();
        if (element.isEmpty()) {
            return value;
        }
        if (value instanceof List<?> list) {
            return list(list, element.get());
        }
        return value instanceof Map<?, ?> map ? map(map, element.get()) : value;
    }

    private static List<?> list(List<?> list, SourceType element) {
        return switch (element.kind()) {
            case STRUCT, ARRAY, MAP -> {
                var converted = new ArrayList<@Nullable Object>(list.size());
                list.forEach(value -> converted.add(neutral(value, element)));
                yield converted;
            }
            case INT8, INT16, INT32, INT64, FLOAT32, FLOAT64, BOOLEAN, STRING, BYTES -> list;
        };
    }

    /** The entries by the texts of their keys, as members of a JSON object have them. */
    static Map<String, @Nullable Object> map(Map<?, ?> map, SourceType element) {
        var converted = new LinkedHashMap<String, @Nullable Object>();
        map.forEach((key, value) -> converted.put(String.valueOf(key), neutral(value, element)));
        return converted;
    }
}
