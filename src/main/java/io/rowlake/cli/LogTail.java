package io.rowlake.cli;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The last lines of a log, for a message. */
final class LogTail {

    private static final int LINES = 12;

    private LogTail() {}

    /** The end of the first of the files that has any text, indented, with the path above it. */
    static String of(Path... candidates) {
        for (Path file : candidates) {
            List<String> lines = lines(file);
            if (!lines.isEmpty()) {
                return "Last lines of " + file + ":" + System.lineSeparator()
                        + lines.stream()
                                .skip(Math.max(0, lines.size() - LINES))
                                .map(line -> "  " + line)
                                .collect(Collectors.joining(System.lineSeparator()));
            }
        }
        return "No log was written to " + candidates[0];
    }

    private static List<String> lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (MalformedInputException e) {
            return List.of("(the file is not UTF-8 text)");
        } catch (IOException e) {
            return List.of("(cannot be read: " + CommandException.reason(e) + ")");
        }
    }
}
