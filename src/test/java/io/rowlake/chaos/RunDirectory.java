package io.rowlake.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Where a run keeps all its files. */
record RunDirectory(Path path) {

    private static final Set<String> KEPT = Set.of("logs", "faults.log", "report.txt", "failures.txt");

    /** Empty, whatever an older run of the seed has left. */
    static RunDirectory make(Path path) throws IOException {
        delete(path);
        Files.createDirectories(path);
        return new RunDirectory(path);
    }

    /** After a run without findings only what it says of itself is kept. */
    void clean() throws IOException {
        try (Stream<Path> children = Files.list(path)) {
            for (Path child : children.toList()) {
                if (!KEPT.contains(child.getFileName().toString())) {
                    delete(child);
                }
            }
        }
    }

    private static void delete(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> all = Files.walk(root)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        }
    }
}
