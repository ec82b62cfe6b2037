package io.rowlake.decode;

import java.math.BigInteger;

/**
 * From decimal digits and an exponent to the nearest double, ties to even.
 *
 * <p>Small numbers take one exact division or multiplication (Clinger, "How to read floating point numbers accurately").
 * The others are multiplied by a power of five of 128 bits, which settles nearly all of them (Lemire, "Number parsing at
 * a gigabyte per second"). What is left is for the JDK.
 */
final class DecimalRounding {

    /** Stands for "not settled here": no finite number has these bits. */
    static final double UNSETTLED = Double.NaN;

    private static final int EXPONENT_MIN = -342;
    private static final int EXPONENT_MAX = 308;
    private static final int EXACT_POWER_MAX = 22;
    private static final int STORED_BITS = 52;
    private static final int EXPONENT_BIAS = 1023;
    private static final int EXPONENT_INFINITE = 0x7FF;
    /** What the product has beyond the bits of the significand and those that rounding looks at. */
    private static final long BITS_BELOW_ROUNDING = -1L >>> (STORED_BITS + 3);
    /** Powers of five of which 128 bits are all, so that a product cut off is no more than cut off. */
    private static final int WHOLE_POWER_MIN = -27;

    private static final int WHOLE_POWER_MAX = 55;
    /** Between these exponents a decimal can lie half way between two doubles. */
    private static final int TIE_MIN = -4;

    private static final int TIE_MAX = 23;

    private static final double[] EXACT_POWERS = exactPowers();
    private static final long[] HIGH = new long[EXPONENT_MAX - EXPONENT_MIN + 1];
    private static final long[] LOW = new long[HIGH.length];

    static {
        for (int exponent = EXPONENT_MIN; exponent <= EXPONENT_MAX; exponent++) {
            BigInteger power = powerOfFive(exponent);
            HIGH[exponent - EXPONENT_MIN] = power.shiftRight(Long.SIZE).longValue();
            LOW[exponent - EXPONENT_MIN] = power.longValue();
        }
    }

    private DecimalRounding() {}

    /** The double nearest to {@code digits * 10^exponent}, the digits unsigned; or {@link #UNSETTLED}. */
    static double nearest(long digits, int exponent) {
        if (digits >>> (STORED_BITS + 1) == 0 && exponent >= -EXACT_POWER_MAX && exponent <= EXACT_POWER_MAX) {
            return exponent < 0 ? digits / EXACT_POWERS[-exponent] : digits * EXACT_POWERS[exponent];
        }
        if (digits == 0) {
            return 0;
        }
        return exponent < EXPONENT_MIN || exponent > EXPONENT_MAX ? UNSETTLED : byProduct(digits, exponent);
    }

    private static double byProduct(long digits, int exponent) {
        int leadingZeros = Long.numberOfLeadingZeros(digits);
        long shifted = digits << leadingZeros;
        int index = exponent - EXPONENT_MIN;
        long high = unsignedMultiplyHigh(shifted, HIGH[index]);
        long low = shifted * HIGH[index];
        if ((high & BITS_BELOW_ROUNDING) == BITS_BELOW_ROUNDING) {
            long carried = unsignedMultiplyHigh(shifted, LOW[index]);
            low += carried;
            if (Long.compareUnsigned(carried, low) > 0) {
                high++;
            }
            if (low == -1L && (exponent < WHOLE_POWER_MIN || exponent > WHOLE_POWER_MAX)) {
                return UNSETTLED;
            }
        }
        return rounded(high, low, exponent, leadingZeros);
    }

    private static double rounded(long high, long low, int exponent, int leadingZeros) {
        int upperBit = (int) (high >>> (Long.SIZE - 1));
        int shift = upperBit + Long.SIZE - STORED_BITS - 3;
        long significand = high >>> shift;
        int binaryExponent = binaryExponent(exponent) + upperBit - leadingZeros + EXPONENT_BIAS;
        if (binaryExponent <= 0) {
            return UNSETTLED;
        }
        boolean mayBeTie = (low == 0 || low == 1) && exponent >= TIE_MIN && exponent <= TIE_MAX;
        if (mayBeTie && (significand & 3) == 1 && significand << shift == high) {
            // Half way, with an even number below: rounding must go down.
            significand &= ~1L;
        }
        significand = (significand + (significand & 1)) >>> 1;
        if (significand == 2L << STORED_BITS) {
            significand = 1L << STORED_BITS;
            binaryExponent++;
        }
        if (binaryExponent >= EXPONENT_INFINITE) {
            return UNSETTLED;
        }
        long fraction = significand & ~(1L << STORED_BITS);
        return Double.longBitsToDouble((long) binaryExponent << STORED_BITS | fraction);
    }

    /** The binary exponent of a power of ten: its logarithm, in fixed point of 16 bits. */
    private static int binaryExponent(int exponent) {
        return (((152_170 + 65_536) * exponent) >> 16) + Long.SIZE - 1;
    }

    private static long unsignedMultiplyHigh(long left, long right) {
        return Math.multiplyHigh(left, right) + (left >> (Long.SIZE - 1) & right) + (right >> (Long.SIZE - 1) & left);
    }

    private static double[] exactPowers() {
        double[] powers = new double[EXACT_POWER_MAX + 1];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = powers[i - 1] * 10;
        }
        return powers;
    }

    /** Its first 128 bits; of one over a power of five the next number up, as the proof of the method asks for. */
    private static BigInteger powerOfFive(int exponent) {
        BigInteger power = BigInteger.valueOf(5).pow(Math.abs(exponent));
        if (exponent >= 0) {
            return firstBits(power);
        }
        int log = power.subtract(BigInteger.ONE).bitLength();
        int bits = exponent >= WHOLE_POWER_MIN ? log + 2 * Long.SIZE - 1 : 2 * log + 2 * Long.SIZE;
        return firstBits(BigInteger.ONE.shiftLeft(bits).divide(power).add(BigInteger.ONE));
    }

    private static BigInteger firstBits(BigInteger number) {
        return number.shiftRight(number.bitLength() - 2 * Long.SIZE);
    }
}
