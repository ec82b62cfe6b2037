package io.rowlake.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON text, which must be valid UTF-8. */
final class JsonTokens implements Tokens {

    /** Deeper data is an attack or a mistake, and would end in a stack overflow further on. */
    static final int NESTING_MAX = 200;

    private static final int NUMBER_LENGTH_MAX = 1000;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            // Keys of JSON values are the user's data, and must not fill the JVM's table of interned strings.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(NESTING_MAX)
                    .maxNumberLength(NUMBER_LENGTH_MAX)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private static final Map<JsonToken, Token> TOKENS = new EnumMap<>(Map.ofEntries(
            Map.entry(JsonToken.VALUE_NULL, Token.NULL),
            Map.entry(JsonToken.VALUE_TRUE, Token.BOOLEAN),
            Map.entry(JsonToken.VALUE_FALSE, Token.BOOLEAN),
            Map.entry(JsonToken.VALUE_NUMBER_INT, Token.INTEGER),
            Map.entry(JsonToken.VALUE_NUMBER_FLOAT, Token.FRACTION),
            Map.entry(JsonToken.VALUE_STRING, Token.TEXT),
            Map.entry(JsonToken.START_ARRAY, Token.BEGIN_LIST),
            Map.entry(JsonToken.END_ARRAY, Token.END_LIST),
            Map.entry(JsonToken.START_OBJECT, Token.BEGIN_OBJECT),
            Map.entry(JsonToken.FIELD_NAME, Token.NAME),
            Map.entry(JsonToken.END_OBJECT, Token.END_OBJECT)));

    private final byte[] bytes;
    private final int offset;
    private final String subject;
    private final JsonParser parser;
    private Token token = Token.END;

    /** The subject is what messages call the text, as in {@code the value}. */
    JsonTokens(JsonBlock block, String subject) {
        this.bytes = block.bytes();
        this.offset = block.offset();
        this.subject = subject;
        try {
            this.parser = FACTORY.createParser(bytes, offset, block.length());
        } catch (IOException e) {
            throw new BadEventException(subject + " is no JSON");
        }
    }

    @Override
    public Token next() {
        try {
            JsonToken next = parser.nextToken();
            token = next == null ? Token.END : token(next);
            return token;
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private Token token(JsonToken next) throws IOException {
        if (next == JsonToken.VALUE_NUMBER_FLOAT && parser.isNaN()) {
            return Token.NON_FINITE;
        }
        Token mapped = TOKENS.get(next);
        if (mapped == null) {
            throw new BadEventException(subject + " is no JSON");
        }
        return mapped;
    }

    @Override
    public Token token() {
        return token;
    }

    @Override
    public void skip() {
        if (token == Token.BEGIN_LIST || token == Token.BEGIN_OBJECT) {
            try {
                parser.skipChildren();
                token = token == Token.BEGIN_LIST ? Token.END_LIST : Token.END_OBJECT;
            } catch (IOException e) {
                throw broken(e);
            }
        }
    }

    @Override
    public String name() {
        try {
            String name = parser.currentName();
            return name == null ? "" : name;
        } catch (IOException e) {
            throw broken(e);
        }
    }

    @Override
    public boolean booleanValue() {
        return parser.currentToken() == JsonToken.VALUE_TRUE;
    }

    @Override
    public boolean isLong() {
        try {
            return parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
        } catch (IOException e) {
            throw broken(e);
        }
    }

    @Override
    public long longValue() {
        try {
            return parser.getLongValue();
        } catch (IOException e) {
            throw broken(e);
        }
    }

    @Override
    public BigInteger bigIntegerValue() {
        try {
            return parser.getBigIntegerValue();
        } catch (IOException e) {
            throw broken(e);
        }
    }

    @Override
    public BigDecimal decimalValue() {
        try {
            return parser.getDecimalValue();
        } catch (NumberFormatException e) {
            throw new BadEventException(subject + " must have numbers with an exponent of 32 bits but has " + found());
        } catch (IOException e) {
            throw broken(e);
        }
    }

    @Override
    public double doubleValue() {
        try {
            return parser.getDoubleValue();
        } catch (IOException e) {
            throw broken(e);
        }
    }

    @Override
    public String text() {
        try {
            return parser.getText();
        } catch (IOException e) {
            throw broken(e);
        }
    }

    @Override
    public void writeText(Utf8Buffer target) {
        try {
            target.text(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
        } catch (IOException e) {
            throw broken(e);
        }
    }

    @Override
    public void writeQuoted(Utf8Buffer target) {
        try {
            target.quoted(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
        } catch (IOException e) {
            throw broken(e);
        }
    }

    @Override
    public void writeNumber(Utf8Buffer target) {
        writeText(target);
    }

    @Override
    public JsonBlock block(@Nullable JsonBlock last) {
        int start = Math.toIntExact(parser.currentTokenLocation().getByteOffset());
        skip();
        int end = Math.toIntExact(parser.currentLocation().getByteOffset());
        return new JsonBlock(bytes, offset + start, end - start).orSame(last);
    }

    @Override
    public String found() {
        return Found.text(this);
    }

    @Override
    public void close() {
        try {
            parser.close();
        } catch (IOException e) {
            throw broken(e);
        }
    }

    /** The parser's own message names classes and buffers, which means nothing to an operator. */
    private BadEventException broken(IOException problem) {
        if (problem instanceof StreamConstraintsException) {
            boolean deep = parser.getParsingContext().getNestingDepth() >= NESTING_MAX;
            return new BadEventException(
                    deep
                            ? subject + " must be nested at most " + NESTING_MAX + " deep but is deeper" + place()
                            : subject + " must have numbers of at most " + NUMBER_LENGTH_MAX
                                    + " digits but has a longer one" + place());
        }
        if (problem instanceof JsonEOFException) {
            return new BadEventException(subject + " must be complete JSON but ends too early" + place());
        }
        if (problem instanceof JsonProcessingException known
                && known.getOriginalMessage().startsWith("Duplicate ")) {
            return new BadEventException(subject + " must have each field once but has '"
                    + parser.getParsingContext().getCurrentName() + "' twice" + place());
        }
        return new BadEventException(subject + " must be JSON but is not" + place());
    }

    private String place() {
        JsonLocation location = parser.currentLocation();
        return ", at byte " + location.getByteOffset() + " (line " + location.getLineNr() + ", column "
                + location.getColumnNr() + ")";
    }
}
