package io.rowlake.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Prints files that a destination doesn't refer to. */
record OrphanReport(Console console, Instant now, Duration olderThan) {

    /** As of Iceberg's own remove-orphan-files: no task writes a file for so long before it commits it. */
    static final String OLDER_THAN_DEFAULT = "3d";

    private static final int NUMBER_WIDTH = 15;

    Instant bound() {
        return now.minus(olderThan);
    }

    void print(String destination, List<OrphanFile> orphans) {
        console.line("Unreferenced files of " + destination + ", written before " + bound());
        if (orphans.isEmpty()) {
            console.line("  none");
            return;
        }
        orphans.forEach(file -> {
            String bytes = Console.number(file.bytes());
            console.line("  " + file.written() + " ".repeat(Math.max(1, NUMBER_WIDTH - bytes.length())) + bytes + "  "
                    + file.name());
        });
        console.line("  " + Console.count(orphans.size(), "file") + ", "
                + Console.count(orphans.stream().mapToLong(OrphanFile::bytes).sum(), "byte"));
    }

    /** Reads {@code 3d}, {@code 12h}, {@code 30m} and {@code 0s}. */
    static final class Age implements ITypeConverter<Duration> {

        private static final Pattern TEXT = Pattern.compile("(\\d{1,9})([dhms])");

        @Override
        public Duration convert(String text) {
            Matcher age = TEXT.matcher(text);
            if (!age.matches()) {
                throw new TypeConversionException(
                        "must be a number with d, h, m or s, such as 3d or 12h, but was " + text);
            }
            long number = Long.parseLong(age.group(1));
            return switch (age.group(2)) {
                case "d" -> Duration.ofDays(number);
                case "h" -> Duration.ofHours(number);
                case "m" -> Duration.ofMinutes(number);
                default -> Duration.ofSeconds(number);
            };
        }
    }
}
