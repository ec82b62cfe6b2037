package io.rowlake.decode;

import io.rowlake.batch.ValueAppender;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * JSON text, which must be valid UTF-8, read from its bytes without an object for each value. Used again for the next text.
 *
 * <p>Takes what is plain and leaves the rest to {@link JsonTokens}: where the text is broken, nested too deep, or has what
 * is rare (escaped names, names met twice, very long numbers), it throws a {@link BadEventException} that is never shown.
 * So what it accepts must be read as {@code JsonTokens} reads it, and what it refuses may be good all the same.
 *
 * <p>That names found by {@link #nameIn} come once in their object is for the caller to see to; of all other names it is
 * seen to here.
 */
final class ByteTokens implements Tokens {

    /** One bit each in a long, and far more than data has. */
    private static final int DEPTH_MAX = 60;

    private static final int LIST = 0;
    private static final int OBJECT = 1;
    private static final int UNREAD = -1;
    private static final long WHOLE_MAX = 1L << 24;
    private static final int RUN_MAX = 256;

    private final JsonNumber number = new JsonNumber();
    private final JsonString string = new JsonString();
    private final NameHashes names = new NameHashes();
    private final int[] marks = new int[DEPTH_MAX + 1];
    private final double[] run = new double[RUN_MAX];
    private byte[] text = {};
    private int at;
    private int depth;
    /** What is open, the innermost in the lowest bit. */
    private long open;

    private boolean begun;
    private Token token = Token.END;
    private int nameStart;
    private int nameEnd;
    private JsonWord word = JsonWord.NULL;
    /** White space between tokens was met. */
    private boolean spaced;
    /** Something was met that {@link CompactJson} would not write as it stands. */
    private boolean rewritten;

    /** Goes to the beginning of another text. */
    void begin(byte[] json) {
        text = json;
        at = 0;
        depth = 0;
        begun = false;
        token = Token.END;
        names.clear();
    }

    @Override
    public Token next() {
        token = switch (token) {
            case NAME -> valueOfName();
            case BEGIN_LIST -> peek() == ']' ? close(Token.END_LIST) : value(peek());
            case BEGIN_OBJECT -> peek() == '}' ? close(Token.END_OBJECT) : name(peek());
            case NULL, BOOLEAN, INTEGER, FRACTION, NON_FINITE, TEXT, BYTES, DATE, END_LIST, END_OBJECT -> following();
            case END -> root();
        };
        return token;
    }

    private Token root() {
        if (begun) {
            return Token.END;
        }
        begun = true;
        return value(peek());
    }

    private Token following() {
        byte found = peek();
        if (depth == 0) {
            require(at == text.length);
            return Token.END;
        }
        boolean inObject = (open & 1) == OBJECT;
        if (found == ',') {
            at++;
            return inObject ? name(peek()) : value(peek());
        }
        require(found == (inObject ? '}' : ']'));
        return close(inObject ? Token.END_OBJECT : Token.END_LIST);
    }

    private Token name(byte first) {
        require(first == '"');
        nameStart = at + 1;
        nameEnd = UNREAD;
        return Token.NAME;
    }

    private Token valueOfName() {
        if (nameEnd == UNREAD) {
            readName();
            names.add(NameHashes.hash(text, nameStart, nameEnd));
        }
        require(peek() == ':');
        at++;
        return value(peek());
    }

    private void readName() {
        nameEnd = JsonString.nextSpecial(text, nameStart);
        require(nameEnd < text.length && text[nameEnd] == '"');
        at = nameEnd + 1;
    }

    private Token value(byte first) {
        return switch (first) {
            case '"' -> string();
            case '{' -> open(OBJECT, Token.BEGIN_OBJECT);
            case '[' -> open(LIST, Token.BEGIN_LIST);
            case 't' -> word(JsonWord.TRUE);
            case 'f' -> word(JsonWord.FALSE);
            case 'n' -> word(JsonWord.NULL);
            case 'N' -> word(JsonWord.NAN);
            case 'I' -> word(JsonWord.INFINITY);
            default -> number();
        };
    }

    private Token string() {
        at = string.scan(text, at + 1);
        require(at != JsonString.NONE);
        rewritten |= string.isEscaped();
        return Token.TEXT;
    }

    private Token number() {
        require(at < text.length);
        if (text[at] == '-' && !JsonNumber.startsAt(text, at)) {
            return word(JsonWord.MINUS_INFINITY);
        }
        at = number.scan(text, at);
        require(at != JsonNumber.NONE);
        return number.isFraction() ? Token.FRACTION : Token.INTEGER;
    }

    private Token word(JsonWord expected) {
        require(expected.isAt(text, at));
        at += expected.length();
        word = expected;
        rewritten |= expected.token() == Token.NON_FINITE;
        return expected.token();
    }

    private Token open(int kind, Token begin) {
        require(depth < DEPTH_MAX);
        depth++;
        open = open << 1 | kind;
        marks[depth] = names.mark();
        at++;
        return begin;
    }

    private Token close(Token end) {
        require(names.close(marks[depth]));
        depth--;
        open >>>= 1;
        at++;
        return end;
    }

    /** Goes to the next byte that is no white space, and returns it; 0 at the end. */
    private byte peek() {
        if (at < text.length && text[at] > ' ') {
            return text[at];
        }
        int end = JsonSpace.end(text, at);
        spaced |= end > at;
        at = end;
        return at < text.length ? text[at] : 0;
    }

    private static void require(boolean plain) {
        if (!plain) {
            throw notPlain();
        }
    }

    private static BadEventException notPlain() {
        return new BadEventException("the value is not plain JSON");
    }

    @Override
    public int appendNumbers(double magnitudeMax, ValueAppender target) {
        int total = 0;
        int count = run.length;
        while (count == run.length) {
            count = readNumbers(magnitudeMax);
            if (count > 0) {
                target.appendDoubles(run, count);
                total += count;
            }
        }
        return total;
    }

    private int readNumbers(double magnitudeMax) {
        int count = 0;
        while (count < run.length) {
            int first = nextElement();
            if (first >= text.length || !JsonNumber.startsAt(text, first)) {
                break;
            }
            int end = number.scan(text, first);
            require(end != JsonNumber.NONE);
            if (!number.isFraction() && !isExactInAnyType()) {
                break;
            }
            double value = number.isFraction() ? number.doubleValue() : number.longValue();
            if (Math.abs(value) > magnitudeMax) {
                break;
            }
            run[count] = value;
            count++;
            at = end;
            token = Token.FRACTION;
        }
        return count;
    }

    private boolean isExactInAnyType() {
        return number.isLong() && Math.abs(number.longValue()) <= WHOLE_MAX;
    }

    /** Where the next element of the list begins, if one does. */
    private int nextElement() {
        byte found = peek();
        if (token == Token.BEGIN_LIST) {
            return at;
        }
        return found == ',' ? JsonSpace.end(text, at + 1) : text.length;
    }

    @Override
    public Token token() {
        return token;
    }

    @Override
    public void skip() {
        if (token == Token.BEGIN_LIST || token == Token.BEGIN_OBJECT) {
            int outer = depth - 1;
            while (depth > outer) {
                next();
            }
        }
    }

    @Override
    public String name() {
        if (nameEnd == UNREAD) {
            readName();
            names.add(NameHashes.hash(text, nameStart, nameEnd));
        }
        return new String(text, nameStart, nameEnd - nameStart, StandardCharsets.UTF_8);
    }

    @Override
    public int nameIn(NameIndex index, int guess) {
        int length = index.lengthAt(guess, text, nameStart);
        if (length > 0) {
            nameEnd = nameStart + length - 1;
            at = nameStart + length;
            return guess;
        }
        readName();
        int found = index.indexOf(text, nameStart, nameEnd);
        if (found == NameIndex.NONE) {
            names.add(NameHashes.hash(text, nameStart, nameEnd));
        }
        return found;
    }

    @Override
    public boolean booleanValue() {
        return word == JsonWord.TRUE;
    }

    @Override
    public boolean isLong() {
        return number.isLong();
    }

    @Override
    public long longValue() {
        return number.longValue();
    }

    @Override
    public BigInteger bigIntegerValue() {
        return number.bigIntegerValue();
    }

    @Override
    public BigDecimal decimalValue() {
        return number.decimalValue();
    }

    @Override
    public double doubleValue() {
        return token == Token.NON_FINITE ? word.doubleValue() : number.doubleValue();
    }

    @Override
    public String text() {
        if (token == Token.NON_FINITE) {
            return word.text();
        }
        return token == Token.TEXT ? string.text() : number.text();
    }

    @Override
    public void writeText(Utf8Buffer target) {
        string.write(target);
    }

    @Override
    public void appendText(ValueAppender target, Utf8Buffer scratch) {
        if (string.isEscaped()) {
            Tokens.super.appendText(target, scratch);
        } else {
            string.append(target);
        }
    }

    @Override
    public void writeQuoted(Utf8Buffer target) {
        string.writeQuoted(target);
    }

    @Override
    public void writeNumber(Utf8Buffer target) {
        number.write(target);
    }

    @Override
    public void appendJson(ValueAppender target, Utf8Buffer scratch) {
        if (token != Token.BEGIN_LIST && token != Token.BEGIN_OBJECT) {
            Tokens.super.appendJson(target, scratch);
            return;
        }
        int start = at - 1;
        spaced = false;
        rewritten = false;
        skip();
        if (rewritten) {
            at = start;
            token = value(peek());
            Tokens.super.appendJson(target, scratch);
        } else if (spaced) {
            scratch.clear();
            JsonSpace.copyWithout(text, start, at, scratch);
            scratch.appendTo(target);
        } else {
            target.appendBytes(text, start, at - start);
        }
    }

    /** Takes a block that is {@code last} alone: another one changes how rows are to be read. */
    @Override
    public JsonBlock block(@Nullable JsonBlock last) {
        int start = at - 1;
        if (last == null || !last.isAt(text, start)) {
            throw notPlain();
        }
        at = start + last.length() - 1;
        token = close(Token.END_OBJECT);
        return last;
    }

    @Override
    public String found() {
        return Found.text(this);
    }

    @Override
    public void close() {
        // Holds nothing but an array that is the caller's.
    }
}
