package io.rowlake.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class VariantNumberTest {

    @ParameterizedTest
    @ValueSource(
            longs = {0, 7, -1, 999_999_999_999_999_999L, 1_000_000_000_000_000_000L, Long.MAX_VALUE, Long.MIN_VALUE})
    void wholeNumbersOf64BitsAreWholeNumbers(long number) {
        assertThat(VariantNumber.of(String.valueOf(number))).contains(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9223372036854775808",
                "-9223372036854775809",
                "18446744073709551615",
                "99999999999999999999999999999999999999",
                "-99999999999999999999999999999999999999"
            })
    void longerWholeNumbersAreDecimals(String number) {
        assertThat(VariantNumber.of(number)).contains(new BigDecimal(number));
    }

    @Test
    void longerOnesYetAreDoublesWhereTheyAreThatNumber() {
        BigInteger power = BigInteger.TWO.pow(150);

        assertThat(VariantNumber.of(power.toString())).contains(Math.pow(2, 150));
        assertThat(VariantNumber.of(power.add(BigInteger.ONE).toString())).isEmpty();
        assertThat(VariantNumber.of("1" + "0".repeat(400))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0.1, 0.1",
        "-0.0, -0.0",
        "0e999999999, 0.0",
        "1.0, 1.0",
        "1e3, 1000.0",
        "1E+30, 1e30",
        "2.5e-8, 2.5e-8",
        "0.10000000000000001, 0.1",
        "0.1000000000000000055511151231257827021181583404541015625, 0.1",
        "9.9999999999999998e-201, 1e-200",
        "1.7976931348623157e308, 1.7976931348623157e308",
        "4.9e-324, 4.9e-324",
        "5e-324, 4.9e-324",
        "1.0e-323, 1e-323",
        "5.684341886080802e-14, 5.6843418860808015e-14",
        "123456789012345680000.0, 123456789012345680000"
    })
    void fractionsAndExponentsAreDoubles(String number, double expected) {
        assertThat(VariantNumber.of(number)).contains(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0.12345678901234567890, 0.12345678901234567890",
        "9007199254740993.0, 9007199254740993.0",
        "0.1234567890123456789000000000000000000000000, 0.1234567890123456789",
        "1234567890123456789e19, 12345678901234567890000000000000000000",
        "9.9999999999999999999999999999999999999, 9.9999999999999999999999999999999999999"
    })
    void fractionsWithMoreDigitsThanADoubleKeepsAreDecimals(String number, BigDecimal expected) {
        assertThat(VariantNumber.of(number)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e400",
                "-1e400",
                "1e-400",
                "1e999999999",
                "1e-999999999",
                "1e99999999999",
                "100e2147483647",
                "100e-2147483647",
                "1234567890123456789e20",
                "0.123456789012345678901234567890123456789",
                "123456789012345678901234567890123456789"
            })
    void aNumberThatNothingHoldsIsNone(String number) {
        assertThat(VariantNumber.of(number)).isEmpty();
    }

    @Property
    boolean everyDoubleAsTextIsThatDouble(@ForAll long bits) {
        double value = Double.longBitsToDouble(bits);
        return !Double.isFinite(value)
                || VariantNumber.of(Double.toString(value)).equals(Optional.of(value));
    }

    @Property
    boolean everyPowerOfTwoAsTextIsThatDouble(@ForAll @IntRange(min = -1074, max = 1023) int exponent) {
        double value = Math.scalb(1.0, exponent);
        return VariantNumber.of(Double.toString(value)).equals(Optional.of(value));
    }

    @Property
    boolean whatIsFoundIsTheNumber(@ForAll @BigRange(min = "-1e40", max = "1e40") BigDecimal number) {
        String json = number.toString();
        return VariantNumber.of(json)
                .map(found -> found instanceof Double nearest
                        ? Double.parseDouble(json) == nearest
                        : new BigDecimal(found.toString()).compareTo(number) == 0)
                .orElse(number.precision() > 38 || number.abs().compareTo(new BigDecimal("1e38")) >= 0);
    }
}
