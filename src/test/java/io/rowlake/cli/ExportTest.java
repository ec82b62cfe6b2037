package io.rowlake.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** Exports to a directory of the test. */
abstract class ExportTest {

    protected static final Path FEATURES =
            Path.of(System.getProperty("rowlake.home", "."), "docs/examples/recipe/features.jsonl");

    @TempDir
    protected Path directory;

    protected final Shell export(Path events, String destination, String... more) {
        return export(events.toString(), destination, more);
    }

    protected final Shell export(String events, String destination, String... more) {
        var arguments = new ArrayList<>(List.of(
                "export",
                "--quiet",
                "--events",
                events,
                "--set",
                "destination=" + destination,
                "--set",
                "files.directory=" + directory.resolve("out")));
        arguments.addAll(List.of(more));
        return new Shell(arguments.toArray(String[]::new));
    }

    protected final List<String> lines(String ending) {
        Path root = directory.resolve("out");
        if (!Files.exists(root)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(root)) {
            var lines = new ArrayList<String>();
            for (Path file : files.filter(each -> each.toString().endsWith("." + ending))
                    .sorted()
                    .toList()) {
                lines.addAll(Files.readAllLines(file));
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
