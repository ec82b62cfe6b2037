package io.rowlake.sink.iceberg;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.variants.VariantArray;
import org.apache.iceberg.variants.VariantObject;
import org.apache.iceberg.variants.VariantValue;
import org.jspecify.annotations.Nullable;

/** JSON, and variants that Iceberg has read, as maps, lists and scalars that are equal where the JSON is. */
public final class VariantJson {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
            .build();

    private VariantJson() {}

    /** What a text says. */
    public static @Nullable Object parse(String json) {
        try {
            return comparable(MAPPER.readValue(json, Object.class));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a variant says. */
    public static @Nullable Object of(VariantValue value) {
        return switch (value.type()) {
            case OBJECT -> object(value.asObject());
            case ARRAY -> array(value.asArray());
            case NULL,
                    BOOLEAN_TRUE,
                    BOOLEAN_FALSE,
                    INT8,
                    INT16,
                    INT32,
                    INT64,
                    DOUBLE,
                    DECIMAL4,
                    DECIMAL8,
                    DECIMAL16,
                    STRING -> scalar(value.asPrimitive().get());
            case FLOAT, DATE, TIME, TIMESTAMPTZ, TIMESTAMPNTZ, TIMESTAMPTZ_NANOS, TIMESTAMPNTZ_NANOS, BINARY, UUID ->
                throw new IllegalStateException("No JSON becomes " + value.type());
        };
    }

    private static Map<String, @Nullable Object> object(VariantObject object) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        object.fieldNames().forEach(name -> fields.put(name, of(object.get(name))));
        return fields;
    }

    private static List<@Nullable Object> array(VariantArray array) {
        List<@Nullable Object> elements = new ArrayList<>();
        for (int i = 0; i < array.numElements(); i++) {
            elements.add(of(array.get(i)));
        }
        return elements;
    }

    private static @Nullable Object comparable(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            map.forEach((name, field) -> fields.put((String) name, comparable(field)));
            return fields;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> elements = new ArrayList<>();
            list.forEach(element -> elements.add(comparable(element)));
            return elements;
        }
        return scalar(value);
    }

    private static @Nullable Object scalar(@Nullable Object value) {
        return value instanceof Number number ? new BigDecimal(number.toString()).stripTrailingZeros() : value;
    }
}
