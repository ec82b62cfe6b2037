package io.rowlake.decode;

import io.rowlake.decode.Tokens.Token;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the objects of converters are. */
final class TreeValues {

    private static final Map<Class<?>, Token> BY_CLASS = new HashMap<>(Map.of(
            String.class, Token.TEXT,
            Boolean.class, Token.BOOLEAN,
            Byte.class, Token.INTEGER,
            Short.class, Token.INTEGER,
            Integer.class, Token.INTEGER,
            Long.class, Token.INTEGER,
            BigInteger.class, Token.INTEGER,
            BigDecimal.class, Token.FRACTION,
            byte[].class, Token.BYTES));

    private TreeValues() {}

    static Token token(@Nullable Object value) {
        if (value == null) {
            return Token.NULL;
        }
        Token known = BY_CLASS.get(value.getClass());
        if (known != null) {
            return known;
        }
        if (value instanceof Double || value instanceof Float) {
            return Double.isFinite(((Number) value).doubleValue()) ? Token.FRACTION : Token.NON_FINITE;
        }
        if (value instanceof List) {
            return Token.BEGIN_LIST;
        }
        if (value instanceof Map || value instanceof Fields) {
            return Token.BEGIN_OBJECT;
        }
        return rareToken(value);
    }

    private static Token rareToken(Object value) {
        if (value instanceof ByteBuffer) {
            return Token.BYTES;
        }
        if (value instanceof Date) {
            return Token.DATE;
        }
        throw new BadEventException(
                "a value of " + value.getClass().getName()
                        + " cannot be read: a converter must give numbers, text, booleans, bytes, dates, lists, maps or structs");
    }

    static Fields fields(@Nullable Object value) {
        if (value instanceof Fields fields) {
            return fields;
        }
        if (value instanceof Map<?, ?> map) {
            return MapFields.of(map);
        }
        throw new IllegalStateException("Cannot take fields of a value that has none");
    }
}
