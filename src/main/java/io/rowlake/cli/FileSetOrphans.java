package io.rowlake.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Files in the directories of a topic's partitions that no commit entry names: what a run that ended has staged. */
final class FileSetOrphans {

    private static final Pattern PARTITION = Pattern.compile("\\d{5,}");

    private final Path root;
    private final FileSetReader reader;

    FileSetOrphans(Path root, FileSetReader reader) {
        this.root = root;
        this.reader = reader;
    }

    /**
     * The files of a topic that were last written before the instant.
     *
     * @throws CommandException if a directory can't be read
     */
    List<OrphanFile> before(Instant bound, String topic) {
        Path directory = root.resolve(topic);
        try {
            List<Path> files = files(directory);
            // Read after the listing, so that a file which is published in between is no orphan.
            Set<Path> published = published(topic);
            List<OrphanFile> orphans = new ArrayList<>();
            for (Path file : files) {
                if (!published.contains(file)) {
                    add(file, bound, orphans);
                }
            }
            return orphans.stream().sorted().toList();
        } catch (IOException | RuntimeException e) {
            throw new CommandException(
                    "Cannot find the unreferenced files under " + directory + ": " + CommandException.reason(e), e);
        }
    }

    private Set<Path> published(String topic) {
        Set<Path> published = new HashSet<>();
        for (FileEntry entry : reader.entries(topic)) {
            published.add(entry.file());
            published.add(entry.file().resolveSibling(FileSetReader.COMMIT_ENTRY));
        }
        return published;
    }

    private static List<Path> files(Path topic) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> partitions = Files.list(topic)) {
            for (Path partition : partitions
                    .filter(child ->
                            PARTITION.matcher(child.getFileName().toString()).matches())
                    .toList()) {
                try (Stream<Path> all = Files.walk(partition)) {
                    all.filter(Files::isRegularFile).forEach(files::add);
                }
            }
        }
        return files;
    }

    private void add(Path file, Instant bound, List<OrphanFile> orphans) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            Instant written = attributes.lastModifiedTime().toInstant();
            if (written.isBefore(bound)) {
                orphans.add(new OrphanFile(root.relativize(file).toString(), attributes.size(), written));
            }
        } catch (NoSuchFileException e) {
            // Published or removed since it was listed.
            return;
        }
    }
}
