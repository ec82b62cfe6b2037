package io.rowlake.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class Utf8Test {

    @ParameterizedTest(name = "{2}")
    @CsvSource({
        "'',             -1, nothing",
        "7f,             -1, ASCII",
        "c280,           -1, least of two bytes",
        "e0a080,         -1, least of three bytes",
        "ed9fbf,         -1, last before the surrogates",
        "ee8080,         -1, first after the surrogates",
        "f0908080,       -1, least of four bytes",
        "f48fbfbf,       -1, greatest of all",
        "61c180,          1, overlong two bytes",
        "61c0af,          1, overlong slash",
        "e09fbf,          0, overlong three bytes",
        "f08fbfbf,        0, overlong four bytes",
        "eda080,          0, surrogate",
        "f4908080,        0, beyond Unicode",
        "f5808080,        0, no lead byte",
        "80,              0, continuation alone",
        "6161616161616161616161616161c3, 14, cut off",
        "e282,            0, cut off in three",
        "c3ff,            0, wrong continuation",
        "f09f90ff,        0, wrong last continuation",
        "c3a9e282ac80,    5, wrong behind valid"
    })
    void tellsTheFirstWrongByte(String hex, int expected, String what) {
        assertThat(Utf8.firstInvalid(HexFormat.of().parseHex(hex))).as(what).isEqualTo(expected);
    }

    @Test
    void agreesWithTheStrictDecoderOfTheJdk() {
        var random = new Random(7);
        byte[] leads = HexFormat.of().parseHex("41c2dfe0e1edeff0f1f4");
        for (int run = 0; run < 200_000; run++) {
            byte[] bytes = new byte[1 + random.nextInt(6)];
            random.nextBytes(bytes);
            bytes[0] = leads[random.nextInt(leads.length)];
            for (int i = 1; i < bytes.length; i++) {
                bytes[i] = random.nextInt(8) == 0 ? bytes[i] : (byte) (0x80 | (bytes[i] & 0x3F));
            }

            assertThat(Utf8.firstInvalid(bytes) == Utf8.VALID)
                    .as(HexFormat.of().formatHex(bytes))
                    .isEqualTo(isValid(bytes));
        }
    }

    private static boolean isValid(byte[] bytes) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
