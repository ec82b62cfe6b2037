package io.rowlake.shape;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import io.rowlake.batch.ValueAppender;
import io.rowlake.event.CanonicalUuid;
import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.DecimalType;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.IsoTimes;
import io.rowlake.shape.JsonConversion.Fields;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.util.Base64;

/** Values of JSON as values without parts. */
record JsonScalarWriter(ColumnType type, Fields fields) implements JsonConversion.Writer {

    /** Exponents make short texts into numbers of any length. */
    private static final int SCALE_MAX = 400;

    @Override
    public void writePresent(JsonParser parser, ValueAppender target) throws IOException {
        try {
            if (type instanceof DecimalType decimal) {
                target.appendUnscaled(number(parser)
                        .setScale(decimal.scale(), RoundingMode.UNNECESSARY)
                        .unscaledValue());
            } else {
                write((Scalar) type, parser, target);
            }
        } catch (ArithmeticException | DateTimeException | IllegalArgumentException e) {
            throw wrong(parser);
        }
    }

    private void write(Scalar scalar, JsonParser parser, ValueAppender target) throws IOException {
        switch (scalar) {
            case INT -> target.appendLong(number(parser).intValueExact());
            case LONG -> target.appendLong(whole(parser));
            case FLOAT, DOUBLE -> target.appendDouble(floating(scalar, parser));
            case BOOLEAN -> target.appendBoolean(bool(parser));
            case TIMESTAMP, LOCAL_TIMESTAMP, TIMESTAMP_NANO, LOCAL_TIMESTAMP_NANO, DATE, TIME ->
                target.appendLong(IsoTimes.count(text(parser), scalar));
            case STRING -> append(string(parser), target);
            case UUID -> append(CanonicalUuid.bytes(text(parser)), target);
            case BINARY -> append(Base64.getDecoder().decode(text(parser)), target);
            case JSON, VARIANT -> VariantRule.append(JsonTexts.copy(parser), scalar, target);
        }
    }

    private long whole(JsonParser parser) throws IOException {
        boolean isShort =
                parser.currentToken() == JsonToken.VALUE_NUMBER_INT && parser.getNumberType() != NumberType.BIG_INTEGER;
        return isShort ? parser.getLongValue() : number(parser).longValueExact();
    }

    private double floating(Scalar scalar, JsonParser parser) throws IOException {
        double value = requireNumber(parser).getDoubleValue();
        double kept = scalar == Scalar.FLOAT ? (float) value : value;
        // Fractions are the nearest, but digits of a whole number must not get lost without a word.
        boolean isWhole = parser.currentToken() == JsonToken.VALUE_NUMBER_INT;
        if (Double.isInfinite(kept) || (isWhole && new BigDecimal(kept).compareTo(number(parser)) != 0)) {
            throw wrong(parser);
        }
        return value;
    }

    private boolean bool(JsonParser parser) throws IOException {
        if (!parser.currentToken().isBoolean()) {
            throw wrong(parser);
        }
        return parser.currentToken() == JsonToken.VALUE_TRUE;
    }

    private BigDecimal number(JsonParser parser) throws IOException {
        BigDecimal value = requireNumber(parser).getDecimalValue();
        if (Math.abs((long) value.scale()) > SCALE_MAX) {
            throw wrong(parser);
        }
        return value;
    }

    private JsonParser requireNumber(JsonParser parser) throws IOException {
        if (!parser.currentToken().isNumeric()) {
            throw wrong(parser);
        }
        return parser;
    }

    private String text(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw wrong(parser);
        }
        return parser.getText();
    }

    /** Where a type is pinned to text, what isn't text is its JSON. */
    private byte[] string(JsonParser parser) throws IOException {
        boolean isText = parser.currentToken() == JsonToken.VALUE_STRING;
        return isText || fields == Fields.KNOWN ? text(parser).getBytes(UTF_8) : JsonTexts.copy(parser);
    }

    private static void append(byte[] bytes, ValueAppender target) {
        target.appendBytes(bytes, 0, bytes.length);
    }

    private MisfitException wrong(JsonParser parser) {
        try {
            return new MisfitException(
                    "must be a value of type " + TypeText.of(type) + " but was " + JsonTexts.found(parser));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the JSON of a batch, though it is in memory", e);
        }
    }
}
