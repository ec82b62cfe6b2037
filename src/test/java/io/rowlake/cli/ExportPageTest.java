package io.rowlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the commands of exports that the README and docs/export.md show, with what they write kept in a directory of the test. */
final class ExportPageTest {

    private static final Path HOME =
            Path.of(System.getProperty("rowlake.home", ".")).toAbsolutePath().normalize();
    private static final Pattern COMMAND = Pattern.compile("(?m)^\\./rowlake (export .*)$");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @MethodSource("commands")
    void commandOfThePageExportsTheRecipe(String command) {
        Shell shell = new Shell(arguments(command));

        assertThat(shell.err()).doesNotContain("Cannot");
        assertThat(shell.exitCode()).isZero();
        assertThat(shell.out()).startsWith("Exported ").contains(" rows; 0 bad events");
    }

    static Stream<String> commands() throws IOException {
        String pages = Files.readString(HOME.resolve("README.md")) + Files.readString(HOME.resolve("docs/export.md"));
        List<String> commands = COMMAND.matcher(pages)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
        assertThat(commands).hasSizeGreaterThanOrEqualTo(7);
        return commands.stream();
    }

    /** A test can't change its working directory, so the paths of the commands are made absolute. */
    private String[] arguments(String command) {
        var arguments = new ArrayList<String>();
        for (String word : command.split(" (?=(?:[^']*'[^']*')*[^']*$)", -1)) {
            arguments.add(word.replace("'", "")
                    .replaceFirst("^docs/", HOME + "/docs/")
                    .replaceFirst("^files\\.directory=", "files.directory=" + directory + "/")
                    .replaceFirst("=jdbc:sqlite:", "=jdbc:sqlite:" + directory + "/")
                    .replaceFirst("warehouse=file:", "warehouse=file:" + directory + "/"));
        }
        return arguments.toArray(String[]::new);
    }
}
