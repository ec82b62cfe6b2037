package io.rowlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class RowlakeTest {

    @TempDir
    private Path directory;

    @Test
    void helpNamesTheCommands() {
        var shell = new Shell("--help");

        assertThat(shell.exitCode()).isZero();
        assertThat(shell.out()).contains("demo", "up", "inspect");
    }

    static List<Arguments> misuses() {
        return List.of(
                misuse("Name a command: demo, up, inspect or export", "rowlake"),
                misuse("Unmatched argument at index 0: 'serve'", "rowlake", "serve"),
                misuse(
                        "Name what to inspect: --table with --catalog or --config, or --files",
                        "rowlake inspect",
                        "inspect"),
                misuse("--rows must not be negative but was -1", "rowlake demo", "demo", "--rows", "-1"),
                misuse(
                        "Table name 'images' must be namespace-qualified, as in 'my_namespace.my_table'",
                        "rowlake inspect",
                        "inspect",
                        "--table",
                        "images",
                        "--catalog",
                        "type=jdbc"));
    }

    @ParameterizedTest
    @MethodSource("misuses")
    void misuseEndsWithTwoAndPointsToTheHelp(String message, String command, List<String> arguments) {
        var shell = new Shell(arguments.toArray(String[]::new));

        assertThat(shell).isEqualTo(Shell.ended(2, "", "%s%nSee '%s --help'%n".formatted(message, command)));
    }

    @Test
    void missingDirectoryIsAFailureWithoutAStackTrace() {
        Path missing = directory.resolve("none");

        var shell = new Shell("inspect", "--files", missing.toString());

        assertThat(shell)
                .isEqualTo(Shell.ended(
                        1,
                        "",
                        "Cannot find the directory %s: --files must name the value of files.directory of the connector%n"
                                .formatted(missing)));
    }

    @Test
    void missingCatalogIsNotCreated() {
        Path database = directory.resolve("catalog.db");

        var shell = new Shell(
                "inspect",
                "--table",
                "lake.images",
                "--catalog",
                "type=jdbc",
                "--catalog",
                "uri=jdbc:sqlite:" + database);

        assertThat(shell)
                .isEqualTo(Shell.ended(
                        1,
                        "",
                        "Cannot open the Iceberg catalog: the database %s does not exist%n".formatted(database)));
        assertThat(database).doesNotExist();
    }

    private static Arguments misuse(String message, String command, String... arguments) {
        return Arguments.of(message, command, List.of(arguments));
    }
}
