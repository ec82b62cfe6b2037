package io.rowlake.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the parts that a build made lie.
 *
 * @param libraries Kafka's jars, for the broker and the worker
 * @param plugins the {@code plugin.path} with the connector in it
 */
public record Installation(Path libraries, Path plugins) {

    /**
     * As the launcher or the build says in the system properties {@code rowlake.cluster.lib} and
     * {@code rowlake.plugin.path}.
     *
     * @throws CommandException if one is not set, or names no directory
     */
    public static Installation fromSystemProperties() {
        return new Installation(directory("rowlake.cluster.lib"), directory("rowlake.plugin.path"));
    }

    /** Where {@code connector-config} and the sample events lie: the root of the project. */
    static Path home() {
        return directory("rowlake.home");
    }

    private static Path directory(String property) {
        String value = System.getProperty(property, "");
        if (value.isEmpty()) {
            throw new CommandException("System property " + property + " must be set, as the ./rowlake launcher does");
        }
        Path path = Path.of(value).toAbsolutePath().normalize();
        if (!Files.isDirectory(path)) {
            throw new CommandException(
                    "Cannot find the directory " + path + " (" + property + "): build it with 'mvn -Dquick package'");
        }
        return path;
    }
}
