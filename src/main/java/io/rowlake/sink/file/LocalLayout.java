package io.rowlake.sink.file;

import io.rowlake.event.SourcePartition;
import io.rowlake.sink.SinkException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which names things have on a local disk: {@code <directory>/<topic>/<partition>/<start>}. */
record LocalLayout(Path directory) {

    static final String SIDECAR = "_commit.json";
    static final String STAGING_PREFIX = ".staging-";
    static final String DISCARDED_PREFIX = ".discarded-";

    /**
     * What Kafka allows, but no dot at the beginning: hidden directories are ours. Anything else, {@code ..} above all,
     * could lead out of the directory.
     */
    private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9_-][a-zA-Z0-9._-]*");

    private static final Pattern PARTITION = Pattern.compile("\\d{5,}");
    private static final Pattern START = Pattern.compile("\\d{20}");

    Path topic(String topic) {
        if (!TOPIC.matcher(topic).matches()) {
            throw new SinkException("Cannot keep files of topic '" + topic
                    + "': the name must consist of letters, digits, '.', '_' and '-', and must not begin with '.'");
        }
        return directory.resolve(topic);
    }

    /** What belongs to no topic. */
    Path internal() {
        return directory.resolve(".rowlake");
    }

    /** Where files are gathered that are to replace those that are here. */
    LocalLayout beside() {
        return new LocalLayout(internal().resolve("replace"));
    }

    Path partition(SourcePartition partition) {
        return topic(partition.topic()).resolve(padded(partition.partition(), 5));
    }

    Path entry(SourcePartition partition, long start) {
        return partition(partition).resolve(padded(start, 20));
    }

    static String fileName(SourcePartition partition, long start, String extension) {
        return partition.topic() + "-" + padded(partition.partition(), 5) + "-" + padded(start, 20) + extension;
    }

    /** The directories of all entries of a partition, in no order. */
    static List<Path> entries(Path partition) throws IOException {
        return children(partition, START);
    }

    /** Whether the directory of a topic has files that are published. */
    static boolean hasEntries(Path topic) throws IOException {
        for (Path partition : children(topic, PARTITION)) {
            if (!entries(partition).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** The directories of all partitions, in no order. */
    List<Path> partitions() throws IOException {
        List<Path> partitions = new ArrayList<>();
        for (Path topic : children(directory, TOPIC)) {
            partitions.addAll(children(topic, PARTITION));
        }
        return partitions;
    }

    /** What was staged, or was being removed, when a run ended. */
    static List<Path> leftovers(Path partition) throws IOException {
        return children(
                partition,
                Pattern.compile(Pattern.quote(STAGING_PREFIX) + ".*|" + Pattern.quote(DISCARDED_PREFIX) + ".*"));
    }

    /** Reads the sidecar of an entry. */
    static CommitEntry read(Path entry) throws IOException {
        try {
            CommitEntry read = CommitEntryJson.read(Files.readAllBytes(entry.resolve(SIDECAR)));
            if (!entry.endsWith(padded(read.start(), 20))) {
                throw new IllegalArgumentException("'start' must be the name of the directory but was " + read.start());
            }
            return read;
        } catch (NoSuchFileException e) {
            if (!Files.exists(entry)) {
                // Moved since it was listed, with all the files of the topic.
                throw e;
            }
            throw invalid(entry, "there is none", e);
        } catch (IllegalArgumentException e) {
            throw invalid(entry, e.getMessage(), e);
        }
    }

    private static SinkException invalid(Path entry, @Nullable String reason, Exception cause) {
        return new SinkException(
                "Cannot read " + entry.resolve(SIDECAR) + ": " + reason + "; restore the file, or move the directory"
                        + " away to have its records written again from offset " + entry.getFileName(),
                cause);
    }

    private static List<Path> children(Path parent, Pattern name) throws IOException {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(
                parent, child -> name.matcher(child.getFileName().toString()).matches())) {
            all.forEach(children::add);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        }
        return children;
    }

    private static String padded(long number, int digits) {
        return String.format(Locale.ROOT, "%0" + digits + "d", number);
    }
}
