package io.rowlake.cli;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A main class that runs in a JVM of its own and never outlives this one. */
final class ChildJvm {

    private static final Duration ORDERLY_STOP = Duration.ofSeconds(15);
    private static final String GUARD_CLASS = "io/rowlake/cli/Guarded.class";
    private static final String LOGGING = """
            status = error
            rootLogger.level = info
            rootLogger.appenderRef.file.ref = file
            appender.file.type = File
            appender.file.name = file
            appender.file.fileName = %s
            appender.file.layout.type = PatternLayout
            appender.file.layout.charset = UTF-8
            appender.file.layout.pattern = %%d{HH:mm:ss.SSS} %%-5p %%c{1} - %%m%%n
            """;

    private final JvmSettings settings;
    private final Process process;

    private ChildJvm(JvmSettings settings, Process process) {
        this.settings = settings;
        this.process = process;
    }

    /**
     * Starts the main class.
     *
     * @throws CommandException if the process cannot be started
     */
    static ChildJvm start(JvmSettings settings, String mainClass, List<String> arguments) {
        try {
            Files.createDirectories(settings.directory());
            Path guard = unpackGuard(settings.directory());
            Path logging = settings.directory().resolve(settings.name() + "-log4j2.properties");
            Files.writeString(logging, LOGGING.formatted(propertyValue(settings.log())), StandardCharsets.UTF_8);
            var command = new ArrayList<>(shieldedFromInterrupts());
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(List.of("-Xmx" + settings.maxHeap(), "-XX:-UsePerfData", "-Djava.awt.headless=true"));
            command.addAll(settings.jvmOptions());
            command.add("-Dlog4j2.configurationFile=" + logging.toUri());
            command.addAll(List.of("-cp", guard + File.pathSeparator + settings.classPath()));
            command.addAll(List.of(Guarded.class.getName(), mainClass));
            command.addAll(arguments);
            Process process = new ProcessBuilder(command)
                    .directory(settings.directory().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(settings.console().toFile())
                    .start();
            return new ChildJvm(settings, process);
        } catch (IOException e) {
            throw new CommandException("Cannot start the " + settings.name() + ": " + CommandException.reason(e), e);
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Ends the process at once, as {@code kill -9} does. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Asks the process to end, and ends it by force when that takes too long. */
    void stop() {
        process.destroy();
        if (!Deadline.in(ORDERLY_STOP).await(() -> !process.isAlive())) {
            kill();
        }
    }

    /** Runs to its end and returns the exit code. */
    int await() {
        return process.onExit().join().exitValue();
    }

    /**
     * Waits until it is ready.
     *
     * @throws CommandException if it ends before that, or takes longer than the limit; then it doesn't run any more
     */
    ChildJvm awaitReady(Duration limit, BooleanSupplier ready) {
        try {
            boolean settled = Deadline.in(limit).await(() -> !isAlive() || ready.getAsBoolean());
            if (!settled) {
                throw startFailure("it was not ready within " + limit.toSeconds() + " s");
            }
            if (!isAlive()) {
                throw startFailure("it ended with exit code " + await());
            }
            return this;
        } catch (RuntimeException e) {
            kill();
            throw e;
        }
    }

    /** A start that failed for this reason. */
    CommandException startFailure(String reason) {
        return failure("Cannot start the " + settings.name() + ": " + reason);
    }

    /** A failure, with the last lines of the log and where the rest of it is. */
    CommandException failure(String message) {
        return new CommandException(message + System.lineSeparator() + LogTail.of(settings.log(), settings.console()));
    }

    /** Ctrl-C reaches the whole foreground group; the children ignore it, so that the parent can stop them in order. */
    private static List<String> shieldedFromInterrupts() {
        return List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh");
    }

    private static Path unpackGuard(Path directory) throws IOException {
        Path root = directory.resolve("guard");
        Path target = root.resolve(GUARD_CLASS);
        Files.createDirectories(target.getParent());
        try (InputStream source = ChildJvm.class.getClassLoader().getResourceAsStream(GUARD_CLASS)) {
            if (source == null) {
                throw new IOException("the class path has no " + GUARD_CLASS);
            }
            Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
        }
        return root;
    }

    private static String propertyValue(Path path) {
        return path.toString().replace("\\", "\\\\");
    }
}
