package io.rowlake.sink.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePartition;
import io.rowlake.model.Choices;
import io.rowlake.model.Destination;
import io.rowlake.model.Steps;
import io.rowlake.model.Steps.Fault;
import io.rowlake.sink.TableSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A store in memory that creates an entry only where there is none, and the file sink on it. */
public final class SimulatedFiles implements Destination {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path NOWHERE = Path.of("target", "no-such-directory");
    private static final RollSettings ROLL = new RollSettings(Long.MAX_VALUE, Duration.ofSeconds(15), 3);

    private final Mutation mutation;
    private final Map<SourcePartition, NavigableMap<Long, Published>> published = new TreeMap<>();
    private final Set<MemoryFile> staged = new HashSet<>();
    private long version;

    /** An entry and its file. */
    private record Published(CommitEntry entry, String content) {}

    public SimulatedFiles(Mutation mutation) {
        this.mutation = mutation;
    }

    @Override
    public Worker worker() {
        return (steps, clock, writer) -> sink(steps, clock, writer);
    }

    private TableSink sink(Steps steps, InstantSource clock, String writer) {
        FileSettings plain = FileSettings.defaults(NOWHERE, writer);
        var settings = new FileSettings(
                plain.directory(),
                plain.format(),
                plain.binaryEncoding(),
                plain.compression(),
                ROLL,
                writer,
                plain.existing());
        return new FileSink(settings, clock, new Store(steps));
    }

    @Override
    public long version() {
        return version;
    }

    @Override
    public SourceOffsets ledger() {
        Map<SourcePartition, Long> ends = new TreeMap<>();
        published.forEach((partition, chain) ->
                ends.put(partition, chain.lastEntry().getValue().entry().end()));
        return SourceOffsets.of(ends);
    }

    @Override
    public Map<SourcePartition, List<Long>> rows() {
        Map<SourcePartition, List<Long>> rows = new TreeMap<>();
        published.forEach((partition, chain) -> {
            List<Long> offsets = new ArrayList<>();
            chain.values().forEach(file -> offsets(file.content(), offsets));
            rows.put(partition, offsets);
        });
        return rows;
    }

    private static void offsets(String content, List<Long> offsets) {
        for (String line : content.lines().toList()) {
            try {
                offsets.add(JSON.readTree(line).path(OFFSET).asLong(-1));
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public Set<String> files() {
        Set<String> files = new TreeSet<>();
        for (NavigableMap<Long, Published> chain : published.values()) {
            chain.values()
                    .forEach(file -> files.add(
                            file.entry().file() + " by " + file.entry().writer()));
        }
        return files;
    }

    /** Nobody else writes to the directory. */
    @Override
    public String foreignChange(Choices choices) {
        return "leave the files alone";
    }

    /** A file that only its writer sees. */
    private final class MemoryFile implements StagedFile {

        private final SourcePartition partition;
        private final Steps steps;
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();

        MemoryFile(SourcePartition partition, Steps steps) {
            this.partition = partition;
            this.steps = steps;
        }

        @Override
        public OutputStream content() {
            return content;
        }

        @Override
        public void seal() throws IOException {
            require(steps.request("complete a file of " + partition));
            if (!staged.contains(this)) {
                throw new NoSuchFileException("staged file of " + partition);
            }
        }

        @Override
        public void discard() {
            if (steps.isAlive()) {
                staged.remove(this);
            }
        }
    }

    private static void require(Fault fault) throws IOException {
        if (fault != Fault.NONE) {
            throw new IOException(fault.toString());
        }
    }

    /** The store as one process reaches it. */
    private final class Store implements FileStore {

        private final Steps steps;

        Store(Steps steps) {
            this.steps = steps;
        }

        @Override
        public Optional<CommitEntry> newest(SourcePartition partition) throws IOException {
            require(steps.request("look for the newest entry of " + partition));
            return Optional.ofNullable(published.get(partition))
                    .map(chain -> chain.lastEntry().getValue().entry());
        }

        @Override
        public StagedFile stage(SourcePartition partition) throws IOException {
            require(steps.request("stage a file of " + partition));
            var file = new MemoryFile(partition, steps);
            staged.add(file);
            return file;
        }

        @Override
        public CommitEntry publish(StagedFile file, CommitEntry entry) throws IOException {
            Fault fault = steps.request("publish " + entry.partition() + "@" + entry.start() + ".." + entry.end());
            if (fault == Fault.NONE || fault == Fault.ANSWER_LOST) {
                create((MemoryFile) file, entry);
                steps.moment("hear that " + entry.partition() + "@" + entry.start() + " is published");
            }
            require(fault);
            return standing(entry);
        }

        @Override
        public void deleteStaged(SourcePartition partition) throws IOException {
            require(steps.request("remove leftovers of " + partition));
            staged.removeIf(file -> file.partition.equals(partition));
        }

        private void create(MemoryFile file, CommitEntry entry) throws IOException {
            NavigableMap<Long, Published> chain = published.getOrDefault(entry.partition(), new TreeMap<>());
            if (chain.containsKey(entry.start()) && mutation != Mutation.IGNORES_COMPARISON) {
                return;
            }
            if (!staged.remove(file)) {
                throw new NoSuchFileException("staged file of " + entry.partition());
            }
            published.put(entry.partition(), chain);
            if (mutation == Mutation.OFFSETS_FIRST) {
                chain.put(entry.start(), new Published(entry, ""));
                steps.moment("put the rows where the offsets say they are");
            }
            chain.put(entry.start(), new Published(entry, file.content.toString(UTF_8)));
            version++;
        }

        /** What is in the entry's place. */
        private CommitEntry standing(CommitEntry entry) {
            Map<Long, Published> chain = published.getOrDefault(entry.partition(), new TreeMap<>());
            return Objects.requireNonNull(chain.get(entry.start())).entry();
        }
    }
}
