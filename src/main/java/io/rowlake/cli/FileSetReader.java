package io.rowlake.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads which files of a directory are published: {@code topic/partition/start/_commit.json}. Names that begin with a dot
 * are no part of it.
 */
final class FileSetReader {

    static final String COMMIT_ENTRY = "_commit.json";
    private static final Predicate<String> VISIBLE = Pattern.compile("[^.].*").asMatchPredicate();
    private static final Predicate<String> START = Pattern.compile("\\d{20}").asMatchPredicate();
    private static final Comparator<FileEntry> ORDER =
            Comparator.comparingInt(FileEntry::partition).thenComparingLong(FileEntry::start);

    private final Path root;
    private final ObjectMapper json = new ObjectMapper();

    /**
     * Reads below this directory.
     *
     * @throws CommandException if there is no such directory
     */
    FileSetReader(Path root) {
        if (!Files.isDirectory(root)) {
            throw new CommandException("Cannot find the directory " + root
                    + ": --files must name the value of files.directory of the connector");
        }
        this.root = root;
    }

    /** The topics that have a directory, sorted. */
    List<String> topics() {
        return subdirectories(root, VISIBLE).stream()
                .map(path -> path.getFileName().toString())
                .toList();
    }

    /**
     * The published files of a topic in the order of partition and offset.
     *
     * @throws CommandException if there is no such topic, or an entry cannot be read
     */
    List<FileEntry> entries(String topic) {
        if (!topics().contains(topic)) {
            throw new CommandException("Cannot find topic '" + topic + "' in " + root + ": it has " + topics());
        }
        var entries = new ArrayList<FileEntry>();
        for (Path partition : subdirectories(root.resolve(topic), VISIBLE)) {
            for (Path start : subdirectories(partition, START)) {
                entries.add(entry(start));
            }
        }
        entries.sort(ORDER);
        return entries;
    }

    private FileEntry entry(Path directory) {
        Path path = directory.resolve(COMMIT_ENTRY);
        try {
            JsonNode entry = json.readTree(path.toFile());
            return new FileEntry(
                    entry.required("topic").asText(),
                    entry.required("partition").asInt(),
                    entry.required("start").asLong(),
                    entry.required("end").asLong(),
                    entry.required("rows").asLong(),
                    entry.required("bytes").asLong(),
                    directory.resolve(entry.required("file").asText()));
        } catch (IOException | IllegalArgumentException e) {
            throw new CommandException("Cannot read commit entry " + path + ": " + CommandException.reason(e), e);
        }
    }

    private static List<Path> subdirectories(Path directory, Predicate<String> name) {
        try (Stream<Path> children = Files.list(directory)) {
            return children.filter(child -> name.test(child.getFileName().toString()))
                    .filter(Files::isDirectory)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new CommandException("Cannot list " + directory + ": " + CommandException.reason(e), e);
        }
    }
}
