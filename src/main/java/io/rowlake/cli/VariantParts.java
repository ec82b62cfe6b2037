package io.rowlake.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.variants.PhysicalType;
import org.apache.iceberg.variants.VariantArray;
import org.apache.iceberg.variants.VariantObject;
import org.apache.iceberg.variants.VariantValue;
import org.jspecify.annotations.Nullable;

/** Variants as maps, lists and the values in them. */
final class VariantParts {

    private VariantParts() {}

    static @Nullable Object of(VariantValue value) {
        if (value.type() == PhysicalType.OBJECT) {
            return object(value.asObject());
        }
        return value.type() == PhysicalType.ARRAY
                ? array(value.asArray())
                : value.asPrimitive().get();
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
}
