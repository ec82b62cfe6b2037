package io.rowlake.connect;

import io.rowlake.event.MalformedEventException;
import io.rowlake.event.SourcePosition;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Checks values that came without a schema, which nothing has checked yet. */
final class SchemalessValues {

    private SchemalessValues() {}

    /** The same map, all keys of which are texts, as are those of the maps in it. */
    @SuppressWarnings("unchecked") // The keys are checked one by one
    static Map<String, ?> textKeyed(Map<?, ?> map, SourcePosition position) {
        check(map, position);
        return (Map<String, ?>) map;
    }

    /** Refuses maps whose keys are no texts and structs, at any depth. */
    static void check(@Nullable Object value, SourcePosition position) {
        if (value instanceof Map<?, ?> map) {
            checkKeys(map, position);
            map.values().forEach(member -> check(member, position));
        } else if (value instanceof List<?> list) {
            list.forEach(element -> check(element, position));
        } else if (value instanceof Struct) {
            throw new MalformedEventException(
                    position,
                    "a value without a schema holds a struct, which has one; a transformation that makes structs must"
                            + " give the whole record a schema");
        }
    }

    /** Refuses a map of which a key is no text. */
    static void checkKeys(Map<?, ?> map, SourcePosition position) {
        for (Object key : map.keySet()) {
            if (!(key instanceof String)) {
                throw new MalformedEventException(
                        position,
                        "keys of a map must be strings, since they name columns, but one is "
                                + (key == null ? "null" : "of " + key.getClass().getName()));
            }
        }
    }
}
