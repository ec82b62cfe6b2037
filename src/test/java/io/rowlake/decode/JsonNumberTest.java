package io.rowlake.decode;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonNumberTest {

    private static final double HALF = 0.5;

    private final JsonNumber number = new JsonNumber();

    @Property(tries = 20_000)
    void everyDoubleIsReadBackFromItsText(@ForAll long bits) {
        double value = Double.longBitsToDouble(bits);
        if (Double.isFinite(value)) {
            assertThat(read(Double.toString(value))).isEqualTo(value);
        }
    }

    @Property(tries = 20_000)
    void digitsAndExponentAreRoundedAsTheJdkRounds(
            @ForAll @LongRange(min = 0) long digits, @ForAll @IntRange(min = -350, max = 320) int exponent) {
        String text = digits + "e" + exponent;

        assertThat(read(text)).isEqualTo(Double.parseDouble(text));
    }

    @Property(tries = 5000)
    void whatLiesHalfWayIsRoundedToEven(@ForAll @LongRange(min = 1L << 52, max = (1L << 53) - 1) long significand) {
        String text = new BigDecimal(significand).add(BigDecimal.valueOf(HALF)).toPlainString();

        assertThat(read(text)).isEqualTo(Double.parseDouble(text));
    }

    @Property(tries = 5000)
    void aWholeNumberIsItself(@ForAll long value) {
        scan(Long.toString(value));

        assertThat(number.isLong()).isTrue();
        assertThat(number.longValue()).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "0.0, 0",
        "-0.0, 1",
        "4.9e-324, 2",
        "2.2250738585072011e-308, 3",
        "1e-400, 4",
        "1e400, 5",
        "0.00000000000000000000000000001234567890123456789, 6",
        "0.1234567890123456789012345678901234567890, 7",
        "9007199254740993.0, 8",
        "1.7976931348623157e308, 9",
        "8.5e-1, 10",
        "1e23, 11",
        "12345678.12345678, 12"
    })
    void edgesAreRoundedAsTheJdkRounds(String text, int id) {
        assertThat(read(text)).as("case %d", id).isEqualTo(Double.parseDouble(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "-.", ".5", "1.", "1.e5", "1e", "1e+", "1e12345", "x"})
    void whatIsNoNumberIsNone(String text) {
        assertThat(number.scan(text.getBytes(US_ASCII), 0)).isEqualTo(JsonNumber.NONE);
    }

    @Test
    void nothingFollowsALeadingZero() {
        assertThat(number.scan("01".getBytes(US_ASCII), 0)).isEqualTo(1);
    }

    @Test
    void aNumberOfManyDigitsIsLeftToOthers() {
        assertThat(number.scan("1".repeat(1001).getBytes(US_ASCII), 0)).isEqualTo(JsonNumber.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775808", "-9223372036854775809", "99999999999999999999"})
    void moreThan64BitsAreTold(String text) {
        scan(text);

        assertThat(number.isLong()).isFalse();
        assertThat(number.bigIntegerValue()).hasToString(text);
    }

    private double read(String text) {
        scan(text);
        return number.doubleValue();
    }

    private void scan(String text) {
        assertThat(number.scan(text.getBytes(US_ASCII), 0)).isEqualTo(text.length());
    }
}
