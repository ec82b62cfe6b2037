package io.rowlake.event;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;

/** What a number of JSON becomes in a variant. None is rounded. */
public final class VariantNumber {

    /** Digits of a decimal, and also of them behind the point. */
    private static final int DECIMAL_DIGITS_MAX = 38;

    private static final int LONG_DIGITS_SURE = 18;

    /** A double keeps so many digits of any number between the bounds. */
    private static final int DOUBLE_DIGITS_SURE = 15;

    private static final double DOUBLE_SURE_MIN = 1e-290;
    private static final double DOUBLE_SURE_MAX = 1e290;

    private VariantNumber() {}

    /**
     * A whole number is a {@link Long}; where it has more than 64 bits a {@link BigDecimal} of up to 38 digits, or a
     * {@link Double} of exactly that value. A number with a fraction or an exponent is a {@link Double} where it is how
     * that double is written: no text of as many digits is nearer to it. Every double that was written as text is one
     * again. Other fractions have more digits than a double keeps, and are a {@link BigDecimal} of up to 38 digits.
     *
     * @param json as JSON writes numbers
     * @return empty if a variant has nothing that is the number
     */
    public static Optional<Number> of(String json) {
        if (isWhole(json)) {
            return whole(json);
        }
        try {
            BigDecimal number = new BigDecimal(json);
            double nearest = Double.parseDouble(json);
            return isWrittenSo(nearest, number)
                    ? Optional.of(nearest)
                    : decimal(number).map(Number.class::cast);
        } catch (NumberFormatException | ArithmeticException e) {
            // JSON bounds no exponent, BigDecimal does; what is beyond has no other form either.
            return Optional.empty();
        }
    }

    private static boolean isWhole(String json) {
        return json.chars().noneMatch(character -> character == '.' || character == 'e' || character == 'E');
    }

    private static Optional<Number> whole(String json) {
        if (json.length() <= LONG_DIGITS_SURE) {
            return Optional.of(Long.parseLong(json));
        }
        BigDecimal number = new BigDecimal(json);
        if (number.toBigInteger().bitLength() < Long.SIZE) {
            return Optional.of(number.longValueExact());
        }
        if (number.precision() <= DECIMAL_DIGITS_MAX) {
            return Optional.of(number);
        }
        double nearest = number.doubleValue();
        boolean isExact = Double.isFinite(nearest) && new BigDecimal(nearest).compareTo(number) == 0;
        return isExact ? Optional.of(nearest) : Optional.empty();
    }

    private static boolean isWrittenSo(double nearest, BigDecimal number) {
        double size = Math.abs(nearest);
        int digits = number.stripTrailingZeros().precision();
        if (digits <= DOUBLE_DIGITS_SURE && size >= DOUBLE_SURE_MIN && size <= DOUBLE_SURE_MAX) {
            return true;
        }
        if (!Double.isFinite(nearest)) {
            return false;
        }
        BigDecimal written = new BigDecimal(nearest).round(new MathContext(digits, RoundingMode.HALF_EVEN));
        // Next to a power of two the nearest text may be read as the neighbour; then there is but one that isn't.
        return written.compareTo(number) == 0 || written.doubleValue() != nearest;
    }

    private static Optional<BigDecimal> decimal(BigDecimal number) {
        boolean isShort = number.precision() <= DECIMAL_DIGITS_MAX && number.scale() <= DECIMAL_DIGITS_MAX;
        BigDecimal fitting = isShort ? number : number.stripTrailingZeros();
        if (fitting.precision() - (long) fitting.scale() > DECIMAL_DIGITS_MAX
                || fitting.scale() > DECIMAL_DIGITS_MAX
                || fitting.precision() > DECIMAL_DIGITS_MAX) {
            return Optional.empty();
        }
        return Optional.of(fitting.scale() < 0 ? fitting.setScale(0) : fitting);
    }
}
