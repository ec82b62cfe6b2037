package io.rowlake.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs a script of src/test/python in a virtual environment under target, which it makes when it is missing. */
public final class PythonReader {

    private static final Path SCRIPTS = Path.of("src", "test", "python").toAbsolutePath();
    private static final Path ENVIRONMENT = Path.of("target", "venv").toAbsolutePath();
    private static final Path REQUIREMENTS = SCRIPTS.resolve("requirements.txt");
    private static final Path INSTALLED = ENVIRONMENT.resolve("installed.txt");

    private static final int PYTHON_MINOR = 11;

    private PythonReader() {}

    /** Whether the build was asked to look with readers in Python: profile {@code interop}. */
    public static boolean isWanted() {
        return Boolean.getBoolean("rowlake.interop");
    }

    /** The lines that the script prints. */
    public static List<String> run(String script, String... arguments) throws IOException, InterruptedException {
        install();
        var command = new java.util.ArrayList<String>();
        command.add(ENVIRONMENT.resolve("bin/python").toString());
        command.add(SCRIPTS.resolve(script).toString());
        command.addAll(List.of(arguments));
        return execute(command).lines().toList();
    }

    private static void install() throws IOException, InterruptedException {
        String wanted = Files.readString(REQUIREMENTS);
        if (Files.exists(INSTALLED) && Files.readString(INSTALLED).equals(wanted)) {
            return;
        }
        requirePython();
        execute(List.of("python3", "-m", "venv", ENVIRONMENT.toString()));
        execute(List.of(
                ENVIRONMENT.resolve("bin/pip").toString(), "install", "--quiet", "-r", REQUIREMENTS.toString()));
        Files.writeString(INSTALLED, wanted);
    }

    /** Pixeltable asks for it, and pip would say so in many lines. */
    private static void requirePython() throws IOException, InterruptedException {
        String version = execute(List.of("python3", "-c", "import sys; print('%d.%d' % sys.version_info[:2])"))
                .strip();
        if (Integer.parseInt(version.substring(version.indexOf('.') + 1)) < PYTHON_MINOR) {
            throw new IllegalStateException("python3 must be Python 3." + PYTHON_MINOR + " or newer but is " + version
                    + ": install it, or build without -Pinterop");
        }
    }

    private static String execute(List<String> command) throws IOException, InterruptedException {
        Path errors = Files.createTempFile("python", ".err");
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(command + " failed: " + Files.readString(errors));
        }
        return output;
    }
}
