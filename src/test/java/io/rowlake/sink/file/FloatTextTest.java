package io.rowlake.sink.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FloatTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0",
                "-0.0",
                "0.1",
                "24.0",
                "-1.5",
                "0.002",
                "0.0001",
                "0.00012345",
                "1e-05",
                "-1.5e-07",
                "1e-100",
                "12345678.0",
                "-12345678.9",
                "10000000.0",
                "1234567890123456.0",
                "9007199254740992.0",
                "1e+16",
                "1.2345e+16",
                "1e+21",
                "2e+23",
                "1.7976931348623157e+308"
            })
    void doublesAreWrittenAsPythonDoes(String text) {
        assertThat(FloatText.of(Double.parseDouble(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.1", "16777216.0", "3.4028235e+38", "1e-10", "0.00025"})
    void floatsAreShorter(String text) {
        assertThat(FloatText.of(Float.parseFloat(text))).isEqualTo(text);
    }

    @Test
    void everyNumberReadsBackAsItWas() {
        var random = new Random(7);

        for (int i = 0; i < 100_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            float narrow = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20));
            if (Double.isFinite(value)) {
                assertThat(Double.parseDouble(FloatText.of(value))).isEqualTo(value);
            }
            assertThat(Float.parseFloat(FloatText.of(narrow))).isEqualTo(narrow);
        }
    }
}
