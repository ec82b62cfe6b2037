package io.rowlake.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** An export in a process of its own, whose working directory is a directory of the test. */
final class ExportProcess implements AutoCloseable {

    private final Process process;
    private final Path out;
    private final BufferedReader err;

    private ExportProcess(Process process, Path out) {
        this.process = process;
        this.out = out;
        this.err = process.errorReader(StandardCharsets.UTF_8);
    }

    static ExportProcess start(Path directory, List<String> arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:-UsePerfData",
                "-Dlog4j2.level=off",
                "-cp",
                System.getProperty("java.class.path"),
                "io.rowlake.cli.Rowlake",
                "export"));
        command.addAll(arguments);
        // To a file, so that it never waits for a reader
        Path out = Files.createTempFile(directory, "stdout", ".txt");
        return new ExportProcess(
                new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .redirectOutput(out.toFile())
                        .start(),
                out);
    }

    /** Waits for a line of standard error that contains this. */
    void awaitLine(String part) throws IOException {
        String line = err.readLine();
        while (line != null && !line.contains(part)) {
            line = err.readLine();
        }
        if (line == null) {
            throw new IOException("The export ended before it said: " + part);
        }
    }

    /** As Ctrl-C does. */
    void stop() {
        // By its handle: the process itself would close the streams, which are still to be read
        process.toHandle().destroy();
    }

    /** As {@code kill -9} does. */
    void kill() {
        process.toHandle().destroyForcibly();
    }

    /** How it ended, with what it said since the last line that was waited for. */
    Shell end() throws IOException {
        String said = err.lines().collect(Collectors.joining("\n"));
        int exitCode = process.onExit().join().exitValue();
        return Shell.ended(exitCode, Files.readString(out), said);
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
