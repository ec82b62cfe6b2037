package io.rowlake.sink.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowlake.event.SourceOffsets;
import io.rowlake.sink.ExistingTarget;
import io.rowlake.sink.ExistingTarget.Action;
import io.rowlake.sink.file.CsvSettings.BooleanStyle;
import io.rowlake.sink.file.CsvSettings.Header;
import io.rowlake.sink.file.CsvSettings.Quoting;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FileSettingsTest {

    private static final Path DIRECTORY = Path.of("files");

    @Test
    void theDefaultsAreJsonLinesOf128MebibytesOrTenMinutes() {
        assertThat(FileSettings.defaults(DIRECTORY, "lake/0/1"))
                .isEqualTo(new FileSettings(
                        DIRECTORY,
                        new JsonSettings(JsonSettings.NonFinite.NULL),
                        BinaryEncoding.EXCLUDE,
                        Compression.NONE,
                        new RollSettings(134_217_728, Duration.ofMinutes(10), Long.MAX_VALUE),
                        "lake/0/1",
                        new ExistingTarget(Action.APPEND, "", SourceOffsets.none())));
    }

    @Test
    void aWriterHasAName() {
        assertThatThrownBy(() -> FileSettings.defaults(DIRECTORY, " "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("File writer must have a name but was blank");
    }

    @Test
    void limitsArePositive() {
        Duration interval = Duration.ofMinutes(1);

        assertThatThrownBy(() -> new RollSettings(0, interval, 1)).hasMessage("Roll bytes must be positive but was 0");
        assertThatThrownBy(() -> new RollSettings(1, interval, -1))
                .hasMessage("Roll records must be positive but was -1");
        assertThatThrownBy(() -> new RollSettings(1, Duration.ZERO, 1))
                .hasMessage("Roll interval must be positive but was PT0S");
        assertThatThrownBy(() -> new RollSettings(1, interval.negated(), 1))
                .hasMessage("Roll interval must be positive but was PT-1M");
    }

    @ParameterizedTest
    @ValueSource(chars = {'"', '\r', '\n', '\0'})
    void delimitersThatCannotDelimitAreRefused(char delimiter) {
        assertThatThrownBy(() -> csv(delimiter, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("CSV delimiter must not be a quote, a line break or NUL but was the character "
                        + Character.getName(delimiter));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,b", "a\"b", "\r", "\n"})
    void aTextForNullNeedsNoQuotes(String nullText) {
        assertThatThrownBy(() -> csv(',', nullText))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("CSV text for null must have no delimiter, quote or line break but was '" + nullText + "'");
    }

    private static CsvSettings csv(char delimiter, String nullText) {
        return new CsvSettings(delimiter, Quoting.MINIMAL, Header.NAMES, nullText, BooleanStyle.LOWER);
    }
}
