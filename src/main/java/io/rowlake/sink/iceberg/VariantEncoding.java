package io.rowlake.sink.iceberg;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.rowlake.event.VariantNumber;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.iceberg.variants.PhysicalType;
import org.apache.iceberg.variants.ShreddedObject;
import org.apache.iceberg.variants.ValueArray;
import org.apache.iceberg.variants.Variant;
import org.apache.iceberg.variants.VariantMetadata;
import org.apache.iceberg.variants.VariantValue;
import org.apache.iceberg.variants.Variants;

/** Makes variants of JSON texts, which are complete and have nothing that a variant can't hold. */
final class VariantEncoding {

    private static final int DECIMAL4_DIGITS_MAX = 9;
    private static final int DECIMAL8_DIGITS_MAX = 18;

    /** The texts were bounded when they were read; what was let in then must not stop the task here. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            // Keys of JSON values are the user's data, and must not fill the JVM's table of interned strings.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /** Most rows have the keys of the row before. */
    private SortedSet<String> keys = new TreeSet<>();

    private VariantMetadata metadata = Variants.emptyMetadata();

    /** The variant of a text in UTF-8, the first bytes of an array. */
    Variant of(byte[] json, int length) throws IOException {
        learnKeys(json, length);
        try (JsonParser parser = JSON.createParser(json, 0, length)) {
            parser.nextToken();
            return Variant.of(metadata, value(parser));
        }
    }

    private void learnKeys(byte[] json, int length) throws IOException {
        SortedSet<String> found = new TreeSet<>();
        try (JsonParser parser = JSON.createParser(json, 0, length)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.FIELD_NAME) {
                    found.add(parser.currentName());
                }
            }
        }
        if (!found.equals(keys)) {
            keys = found;
            metadata = Variants.metadata(found);
        }
    }

    // Recursion is as deep as the value is nested, which was bounded when it was read.
    private VariantValue value(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            return object(parser);
        }
        if (token == JsonToken.START_ARRAY) {
            return array(parser);
        }
        if (token == JsonToken.VALUE_STRING) {
            return Variants.of(parser.getText());
        }
        if (token == JsonToken.VALUE_NULL) {
            return Variants.ofNull();
        }
        return token.isBoolean() ? Variants.of(parser.getBooleanValue()) : number(parser);
    }

    private VariantValue object(JsonParser parser) throws IOException {
        ShreddedObject object = Variants.object(metadata);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            parser.nextToken();
            object.put(key, value(parser));
        }
        return object;
    }

    private VariantValue array(JsonParser parser) throws IOException {
        ValueArray array = Variants.array();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser));
        }
        return array;
    }

    private static VariantValue number(JsonParser parser) throws IOException {
        boolean isLong =
                parser.currentToken() == JsonToken.VALUE_NUMBER_INT && parser.getNumberType() != NumberType.BIG_INTEGER;
        if (isLong) {
            return whole(parser.getLongValue());
        }
        Number number = VariantNumber.of(parser.getText())
                .orElseThrow(() -> new IllegalArgumentException("a variant can't hold a number that a batch has"));
        return number instanceof BigDecimal decimal ? decimal(decimal) : Variants.of(number.doubleValue());
    }

    /** In as few bytes as it needs. */
    private static VariantValue whole(long number) {
        if (number == (byte) number) {
            return Variants.of((byte) number);
        }
        if (number == (short) number) {
            return Variants.of((short) number);
        }
        return number == (int) number ? Variants.of((int) number) : Variants.of(number);
    }

    private static VariantValue decimal(BigDecimal number) {
        if (number.precision() <= DECIMAL4_DIGITS_MAX) {
            return Variants.of(PhysicalType.DECIMAL4, number);
        }
        return Variants.of(
                number.precision() <= DECIMAL8_DIGITS_MAX ? PhysicalType.DECIMAL8 : PhysicalType.DECIMAL16, number);
    }
}
