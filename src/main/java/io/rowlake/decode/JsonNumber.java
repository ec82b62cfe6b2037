package io.rowlake.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A number in JSON text, read from its bytes. Used again for the next number. */
final class JsonNumber {

    /** The bytes are no number as JSON has it, or one too long to be read here. */
    static final int NONE = -1;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int LENGTH_MAX = 400;
    private static final int EXPONENT_DIGITS_MAX = 4;
    /** As many digits as an unsigned long holds, whatever they are. */
    private static final int DIGITS_MAX = 19;

    private static final long EIGHT_ZEROS = 0x3030303030303030L;
    private static final long HIGH_NIBBLES = 0xF0F0F0F0F0F0F0F0L;
    /** Carries what is more than nine into the high nibble. */
    private static final long SIX_EACH = 0x0606060606060606L;

    private static final long[] POWERS = {1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000};

    private byte[] bytes = new byte[0];
    private int start;
    private int end;
    private boolean negative;
    private boolean fraction;
    private boolean exact;
    private long digits;
    private int exponent;

    /** Whether a number, and no word such as {@code -Infinity}, begins at the byte. */
    static boolean startsAt(byte[] bytes, int at) {
        int first = bytes[at] == '-' && at + 1 < bytes.length ? at + 1 : at;
        return isDigit(bytes, first);
    }

    /** Reads the number that begins at a byte. Returns where it ends, or {@link #NONE}. */
    int scan(byte[] text, int from) {
        bytes = text;
        start = from;
        negative = text[from] == '-';
        fraction = false;
        digits = 0;
        exponent = 0;
        int first = negative ? from + 1 : from;
        // Most fractions begin with a single zero.
        int at = first < text.length && text[first] == '0' ? first + 1 : scanDigits(first);
        int wholeDigits = at - first;
        if (wholeDigits == 0) {
            return NONE;
        }
        if (at < text.length && text[at] == '.') {
            at = scanFraction(at + 1);
        }
        int digitCount = wholeDigits - exponent;
        exact = digitCount <= DIGITS_MAX || digitCount - leadingZeros(first) <= DIGITS_MAX;
        end = at == NONE ? NONE : endAfter(at);
        return end - from <= LENGTH_MAX ? end : NONE;
    }

    private int endAfter(int digitsEnd) {
        boolean scientific = digitsEnd < bytes.length && (bytes[digitsEnd] | 0x20) == 'e';
        return scientific ? scanExponent(digitsEnd + 1) : digitsEnd;
    }

    private int scanFraction(int from) {
        fraction = true;
        int at = scanDigits(from);
        exponent = from - at;
        return at == from ? NONE : at;
    }

    private int scanDigits(int from) {
        byte[] text = bytes;
        long value = digits;
        int at = from;
        int count = Long.BYTES;
        while (count == Long.BYTES && at + Long.BYTES <= text.length) {
            long eight = (long) LONGS.get(text, at);
            count = Long.numberOfTrailingZeros(notDigits(eight)) / Byte.SIZE;
            if (count > 0) {
                value = value * POWERS[count] + value((eight - EIGHT_ZEROS) << (Long.SIZE - Byte.SIZE * count));
                at += count;
            }
        }
        while (count == Long.BYTES && isDigit(text, at)) {
            value = value * 10 + (text[at] - '0');
            at++;
        }
        digits = value;
        return at;
    }

    private static boolean isDigit(byte[] text, int at) {
        return at < text.length && text[at] >= '0' && text[at] <= '9';
    }

    /** Zero up to the first byte that is no digit, whose bits are not all zero. */
    private static long notDigits(long eight) {
        long below = (eight & HIGH_NIBBLES) ^ EIGHT_ZEROS;
        long above = ((eight + SIX_EACH) & HIGH_NIBBLES) ^ EIGHT_ZEROS;
        return below | above;
    }

    /** Of the values of eight digits: pairs are put together, then pairs of pairs, then the halves. */
    private static long value(long eight) {
        long pairs = eight * 10 + (eight >>> 8);
        long low = (pairs & 0x000000FF000000FFL) * 0x000F424000000064L;
        long high = ((pairs >>> 16) & 0x000000FF000000FFL) * 0x0000271000000001L;
        return (low + high) >>> 32;
    }

    private int leadingZeros(int first) {
        int zeros = 0;
        for (int at = first; at < bytes.length && (bytes[at] == '0' || bytes[at] == '.'); at++) {
            zeros += bytes[at] == '0' ? 1 : 0;
        }
        return zeros;
    }

    private int scanExponent(int from) {
        fraction = true;
        boolean signed = from < bytes.length && (bytes[from] == '-' || bytes[from] == '+');
        int first = signed ? from + 1 : from;
        int value = 0;
        int at = first;
        while (isDigit(bytes, at) && at - first < EXPONENT_DIGITS_MAX) {
            value = value * 10 + (bytes[at] - '0');
            at++;
        }
        exponent += signed && bytes[from] == '-' ? -value : value;
        return at == first || isDigit(bytes, at) ? NONE : at;
    }

    /** Whether it is written with a fraction or an exponent. */
    boolean isFraction() {
        return fraction;
    }

    /** Of a whole number: whether it has 64 bits or fewer. */
    boolean isLong() {
        return exact && (digits >= 0 || (negative && digits == Long.MIN_VALUE));
    }

    /** Of a whole number that {@link #isLong}. */
    long longValue() {
        return negative ? -digits : digits;
    }

    /** Of a fraction, or of a whole number up to 2^53, rounded to the nearest. */
    double doubleValue() {
        double magnitude = exact ? DecimalRounding.nearest(digits, exponent) : DecimalRounding.UNSETTLED;
        if (Double.isNaN(magnitude)) {
            return Double.parseDouble(text());
        }
        return negative ? -magnitude : magnitude;
    }

    BigInteger bigIntegerValue() {
        return isLong() ? BigInteger.valueOf(longValue()) : new BigInteger(text());
    }

    BigDecimal decimalValue() {
        return exact && digits >= 0 ? BigDecimal.valueOf(longValue(), -exponent) : new BigDecimal(text());
    }

    String text() {
        return new String(bytes, start, end - start, StandardCharsets.US_ASCII);
    }

    /** As it is written. */
    void write(Utf8Buffer target) {
        target.bytes(bytes, start, end);
    }
}
