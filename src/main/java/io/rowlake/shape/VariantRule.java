package io.rowlake.shape;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import io.rowlake.batch.ValueAppender;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.VariantNumber;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** Which JSON a variant can hold: objects that have each key once, and numbers that need not be rounded. */
final class VariantRule {

    private static final String WAY_OUT = ": send it as text, or set json.mode=string";

    private VariantRule() {}

    /**
     * Appends JSON to a column of JSON, or of variants.
     *
     * @throws MisfitException if the column is of variants, and one can't hold it
     */
    static void append(byte[] json, Scalar type, ValueAppender target) {
        if (type == Scalar.VARIANT) {
            JsonTexts.read(json, json.length, VariantRule::require);
        }
        target.appendBytes(json, 0, json.length);
    }

    /**
     * Looks at the value that the parser is at, and goes to its end.
     *
     * @throws MisfitException if a variant can't hold it
     */
    // Recursion is as deep as the value is nested, which was bounded when it was read.
    static void require(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            object(parser);
        } else if (token == JsonToken.START_ARRAY) {
            array(parser);
        } else if (token.isNumeric()) {
            number(parser);
        }
    }

    private static void object(JsonParser parser) throws IOException {
        Set<String> keys = new HashSet<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            if (!keys.add(key)) {
                throw new MisfitException("must have each key once but has " + MisfitException.shown(key) + " twice");
            }
            parser.nextToken();
            try {
                require(parser);
            } catch (MisfitException misfit) {
                throw misfit.atField(key);
            }
        }
    }

    private static void array(JsonParser parser) throws IOException {
        int index = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            try {
                require(parser);
            } catch (MisfitException misfit) {
                throw misfit.atElement(index);
            }
            index++;
        }
    }

    private static void number(JsonParser parser) throws IOException {
        boolean isLong =
                parser.currentToken() == JsonToken.VALUE_NUMBER_INT && parser.getNumberType() != NumberType.BIG_INTEGER;
        if (!isLong && VariantNumber.of(parser.getText()).isEmpty()) {
            throw new MisfitException("must be a number that a variant holds without rounding it, a double or a decimal"
                    + " of 38 digits, but was " + JsonTexts.found(parser) + WAY_OUT);
        }
    }
}
