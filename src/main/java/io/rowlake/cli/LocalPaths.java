package io.rowlake.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Places on this machine that the options of an export name. */
final class LocalPaths {

    private static final String WAREHOUSE = "iceberg.catalog.warehouse";
    private static final String SCHEME = "file:";

    /** Catalogs whose warehouse is a place; to others it may be a name. */
    private static final Set<String> WITH_PLACES = Set.of("jdbc", "hadoop");

    private LocalPaths() {}

    /** The options with a warehouse that starts at the root. Iceberg keeps it, and is asked from elsewhere later. */
    static ConnectorFile resolved(ConnectorFile connector) {
        String warehouse = connector.config().getOrDefault(WAREHOUSE, "");
        boolean hasScheme = warehouse.startsWith(SCHEME);
        String path = hasScheme ? warehouse.substring(SCHEME.length()) : warehouse;
        boolean isPlace = hasScheme
                || (!path.contains(":")
                        && WITH_PLACES.contains(connector.config().getOrDefault("iceberg.catalog.type", "")));
        if (path.isEmpty() || path.startsWith("/") || !isPlace) {
            return connector;
        }
        return connector.with(
                Map.of(WAREHOUSE, SCHEME + Path.of(path).toAbsolutePath().normalize()));
    }

    /**
     * Looks whether the directory of a topic's files is there, or can be made. A sink would take what is in its way for an
     * outage, and wait.
     *
     * @throws CommandException if not
     */
    static void requireDirectory(@Nullable String directory, String topic) {
        if (directory == null || directory.isBlank()) {
            return;
        }
        Path nearest = Path.of(directory).toAbsolutePath().normalize().resolve(topic);
        while (!Files.exists(nearest) && nearest.getParent() != null) {
            nearest = nearest.getParent();
        }
        if (!Files.isDirectory(nearest)) {
            throw new CommandException(
                    "Cannot write to files.directory " + directory + ": " + nearest + " is a file, not a directory");
        }
        if (!Files.isWritable(nearest)) {
            throw new CommandException(
                    "Cannot write to files.directory " + directory + ": this user may not write to " + nearest);
        }
    }
}
