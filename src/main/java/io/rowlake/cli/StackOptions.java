package io.rowlake.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options of the commands that start a broker and a worker. */
final class StackOptions {

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            defaultValue = "rowlake-data",
            description = "Where topics, tables, files and logs are kept. Default: ./${DEFAULT-VALUE}")
    private Path directory = Path.of("rowlake-data");

    Path directory() {
        return directory.toAbsolutePath().normalize();
    }
}
