package io.rowlake.decode;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A value that a converter has made objects of. */
final class TreeTokens implements Tokens {

    private final @Nullable Object root;
    private @Nullable Level level;
    private int depth;
    private @Nullable Object value;
    private Token token = Token.END;
    private boolean begun;

    TreeTokens(@Nullable Object root) {
        this.root = root;
    }

    @Override
    public Token next() {
        token = advance();
        return token;
    }

    private Token advance() {
        Level current = level;
        if (current == null) {
            if (begun) {
                return Token.END;
            }
            begun = true;
            return begin(root);
        }
        if (current.nameIsNext()) {
            return Token.NAME;
        }
        if (current.isAtEnd()) {
            end(current);
            return current.fields == null ? Token.END_LIST : Token.END_OBJECT;
        }
        return begin(current.take());
    }

    private Token begin(@Nullable Object next) {
        value = next;
        Token begun = TreeValues.token(next);
        if (begun == Token.BEGIN_LIST || begun == Token.BEGIN_OBJECT) {
            if (depth == JsonTokens.NESTING_MAX) {
                throw new BadEventException(
                        "the value must be nested at most " + JsonTokens.NESTING_MAX + " deep but is deeper");
            }
            level = next instanceof List<?> list ? new Level(level, list) : new Level(level, TreeValues.fields(next));
            depth++;
        }
        return begun;
    }

    private void end(Level ended) {
        level = ended.parent;
        depth--;
    }

    @Override
    public Token token() {
        return token;
    }

    @Override
    public void skip() {
        if (token == Token.BEGIN_LIST || token == Token.BEGIN_OBJECT) {
            if (level != null) {
                end(level);
            }
            token = token == Token.BEGIN_LIST ? Token.END_LIST : Token.END_OBJECT;
        }
    }

    @Override
    public String name() {
        Level inner = level;
        boolean atBegin = token == Token.BEGIN_LIST || token == Token.BEGIN_OBJECT;
        Level named = atBegin && inner != null ? inner.parent : inner;
        return named == null ? "" : named.name();
    }

    @Override
    public boolean booleanValue() {
        return Boolean.TRUE.equals(value);
    }

    @Override
    public boolean isLong() {
        return !(value instanceof BigInteger big) || big.bitLength() < Long.SIZE;
    }

    @Override
    public long longValue() {
        return number().longValue();
    }

    @Override
    public BigInteger bigIntegerValue() {
        return value instanceof BigInteger big ? big : BigInteger.valueOf(longValue());
    }

    @Override
    public BigDecimal decimalValue() {
        return value instanceof BigDecimal decimal ? decimal : new BigDecimal(text());
    }

    @Override
    public double doubleValue() {
        return number().doubleValue();
    }

    @Override
    public String text() {
        return String.valueOf(value);
    }

    @Override
    public void writeText(Utf8Buffer target) {
        target.text(text());
    }

    @Override
    public void writeQuoted(Utf8Buffer target) {
        target.quoted(text());
    }

    @Override
    public void writeNumber(Utf8Buffer target) {
        target.ascii(text());
    }

    @Override
    public @Nullable Object plainValue() {
        return value;
    }

    @Override
    public byte[] bytesValue() {
        if (value instanceof ByteBuffer buffer) {
            byte[] copy = new byte[buffer.remaining()];
            buffer.get(buffer.position(), copy);
            return copy;
        }
        if (value instanceof byte[] bytes) {
            return bytes;
        }
        throw new IllegalStateException("Cannot take bytes: the value is " + found());
    }

    @Override
    @SuppressWarnings("JavaUtilDate") // What Connect's logical types are.
    public long dateMillis() {
        if (value instanceof Date date) {
            return date.getTime();
        }
        throw new IllegalStateException("Cannot take a date: the value is " + found());
    }

    @Override
    public JsonBlock block(@Nullable JsonBlock last) {
        var text = new Utf8Buffer();
        CompactJson.write(this, text);
        return new JsonBlock(text.array(), 0, text.length()).orSame(last);
    }

    @Override
    public String found() {
        return Found.text(this);
    }

    @Override
    public void close() {
        level = null;
    }

    private Number number() {
        if (value instanceof Number number) {
            return number;
        }
        throw new IllegalStateException("Cannot take a number: the value is " + found());
    }

    /** A list or an object that is being read. */
    private static final class Level {

        private final @Nullable Level parent;
        private final @Nullable Fields fields;
        private final List<?> items;
        private int index = -1;
        private boolean named;

        Level(@Nullable Level parent, List<?> items) {
            this.parent = parent;
            this.fields = null;
            this.items = items;
        }

        Level(@Nullable Level parent, Fields fields) {
            this.parent = parent;
            this.fields = fields;
            this.items = fields.names();
        }

        /** Steps to the next name of an object, once. */
        boolean nameIsNext() {
            if (fields == null || named || index + 1 >= items.size()) {
                return false;
            }
            index++;
            named = true;
            return true;
        }

        boolean isAtEnd() {
            return !named && index + 1 >= items.size();
        }

        @Nullable
        Object take() {
            if (fields == null) {
                index++;
                return items.get(index);
            }
            named = false;
            return fields.value(index);
        }

        String name() {
            return fields == null || index < 0 ? "" : fields.names().get(index);
        }
    }
}
