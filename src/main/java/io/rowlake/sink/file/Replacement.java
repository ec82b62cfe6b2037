package io.rowlake.sink.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePartition;
import io.rowlake.sink.file.LocalFileStore.TopicDirectory;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;

/** New files of a topic, gathered beside the old ones until they have come so far that they may take their place. */
final class Replacement {

    /** The directory, among the new files until they are in place, that says how far they have to come. */
    static final String RECORD = ".replace";

    private static final String UNTIL = "replace.json";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path directory;
    private final FileStore store;
    private final Map<SourcePartition, Long> until;

    private Replacement(LocalLayout layout, String topic, Map<SourcePartition, Long> until) {
        this.directory = layout.beside().topic(topic);
        this.store = new LocalFileStore(layout.beside(), TopicDirectory.HAS_TO_BE_THERE);
        this.until = until;
    }

    /** The replacement of a topic that has begun, empty if there is none. */
    static Optional<Replacement> find(LocalLayout layout, String topic) throws IOException {
        Path file = layout.beside().topic(topic).resolve(RECORD).resolve(UNTIL);
        try {
            JsonNode offsets = MAPPER.readTree(Files.readAllBytes(file)).path("until");
            Map<SourcePartition, Long> until = new TreeMap<>();
            for (Map.Entry<String, JsonNode> offset : offsets.properties()) {
                var partition = new SourcePartition(topic, Integer.parseInt(offset.getKey()));
                until.put(partition, offset.getValue().longValue());
            }
            return Optional.of(new Replacement(layout, topic, until));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Begins to replace a topic. */
    static Replacement begin(LocalLayout layout, String topic, Optional<MakerNote> maker, SourceOffsets until)
            throws IOException {
        for (Path leftover : LocalLayout.leftovers(layout.internal())) {
            FileTree.delete(leftover);
        }
        Map<SourcePartition, Long> wanted = new TreeMap<>(until.asMap());
        // A partition that had nothing is complete from the start, and if all had nothing, the first rows are to
        // decide.
        wanted.entrySet().removeIf(end -> !end.getKey().topic().equals(topic) || end.getValue() <= 0);
        Path staged = layout.internal().resolve(LocalLayout.STAGING_PREFIX + UUID.randomUUID());
        Files.createDirectories(staged.resolve(RECORD));
        if (maker.isPresent()) {
            maker.get().write(staged);
        }
        DurableFile.write(staged.resolve(RECORD).resolve(UNTIL), json(wanted));
        Files.createDirectories(layout.beside().directory());
        Files.move(staged, layout.beside().topic(topic), StandardCopyOption.ATOMIC_MOVE);
        DurableFile.force(layout.beside().directory());
        return new Replacement(layout, topic, wanted);
    }

    /** Where the new files go. */
    FileStore store() {
        return store;
    }

    Path directory() {
        return directory;
    }

    /** Who gathers them, empty if it was a run that never goes on with what it finds. */
    Optional<MakerNote> maker() throws IOException {
        return MakerNote.read(directory);
    }

    /** Notes which partitions have come far enough, be it without a row that was to be written. */
    void committed(SourceOffsets committed) throws IOException {
        for (Map.Entry<SourcePartition, Long> end : until.entrySet()) {
            OptionalLong next = committed.next(end.getKey());
            if (next.isPresent() && next.getAsLong() >= end.getValue()) {
                create(reached(end.getKey()));
            }
        }
    }

    /** Whether the new files may take the place of the old ones. */
    boolean isComplete() throws IOException {
        if (until.isEmpty()) {
            return LocalLayout.hasEntries(directory);
        }
        for (Map.Entry<SourcePartition, Long> end : until.entrySet()) {
            if (!Files.exists(reached(end.getKey())) && chainEnd(end.getKey()) < end.getValue()) {
                return false;
            }
        }
        return true;
    }

    private long chainEnd(SourcePartition partition) throws IOException {
        return store.newest(partition).map(CommitEntry::end).orElse(0L);
    }

    private Path reached(SourcePartition partition) {
        return directory.resolve(RECORD).resolve("reached-" + partition.partition());
    }

    private static void create(Path file) throws IOException {
        try {
            Files.createFile(file);
        } catch (FileAlreadyExistsException e) {
            // Noted before.
            return;
        }
    }

    private static byte[] json(Map<SourcePartition, Long> until) throws IOException {
        ObjectNode json = MAPPER.createObjectNode().put("version", 1);
        ObjectNode offsets = json.putObject("until");
        until.forEach((partition, end) -> offsets.put(Integer.toString(partition.partition()), end));
        return MAPPER.writeValueAsBytes(json);
    }
}
