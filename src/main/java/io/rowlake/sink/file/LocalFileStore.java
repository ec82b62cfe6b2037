package io.rowlake.sink.file;

import io.rowlake.event.SourcePartition;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;

/**
 * Files on a local disk, or one that is mounted like it. An entry is a directory with the file and a sidecar; it is
 * published by renaming the directory in which both were staged, which fails where there is an entry already.
 */
final class LocalFileStore implements FileStore {

    private final LocalLayout layout;
    private final TopicDirectory topicDirectory;

    LocalFileStore(Path directory) {
        this(new LocalLayout(directory), TopicDirectory.COMES_WITH_FIRST_FILE);
    }

    LocalFileStore(LocalLayout layout, TopicDirectory topicDirectory) {
        this.layout = layout;
        this.topicDirectory = topicDirectory;
    }

    /** What becomes of a file whose topic has no directory. */
    enum TopicDirectory {
        /** One is created. */
        COMES_WITH_FIRST_FILE,
        /** It fails: the directory has been moved to where it replaces another. */
        HAS_TO_BE_THERE
    }

    @Override
    public Optional<CommitEntry> newest(SourcePartition partition) throws IOException {
        Optional<Path> newest =
                LocalLayout.entries(layout.partition(partition)).stream().max(Comparator.naturalOrder());
        return newest.isEmpty() ? Optional.empty() : Optional.of(LocalLayout.read(newest.get()));
    }

    @Override
    public StagedFile stage(SourcePartition partition) throws IOException {
        Path directory = layout.partition(partition);
        if (!Files.isDirectory(directory)) {
            create(directory);
            DurableFile.force(layout.topic(partition.topic()));
            DurableFile.force(layout.directory());
        }
        return new LocalStagedFile(directory.resolve(LocalLayout.STAGING_PREFIX + UUID.randomUUID()));
    }

    @Override
    public CommitEntry publish(StagedFile staged, CommitEntry entry) throws IOException {
        Path place = layout.entry(entry.partition(), entry.start());
        if (!Files.exists(place)) {
            move(((LocalStagedFile) staged).completed(entry), place);
        }
        DurableFile.force(layout.partition(entry.partition()));
        return LocalLayout.read(place);
    }

    @Override
    public void deleteStaged(SourcePartition partition) throws IOException {
        for (Path leftover : LocalLayout.leftovers(layout.partition(partition))) {
            LocalStagedFile.delete(leftover);
        }
    }

    private void create(Path partition) throws IOException {
        switch (topicDirectory) {
            case COMES_WITH_FIRST_FILE -> Files.createDirectories(partition);
            case HAS_TO_BE_THERE -> Files.createDirectory(partition);
        }
    }

    private static void move(Path staged, Path place) throws IOException {
        try {
            // POSIX: fails if the target is a directory that isn't empty, and an entry never is.
            Files.move(staged, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!Files.exists(place)) {
                throw e;
            }
        }
    }
}
