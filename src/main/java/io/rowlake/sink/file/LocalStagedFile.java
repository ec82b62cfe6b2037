package io.rowlake.sink.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** A file in a hidden directory of its own, beside the entries on the same file system. */
final class LocalStagedFile implements StagedFile {

    private final Path directory;
    private final FileChannel channel;
    private final OutputStream content;
    private Path data;

    LocalStagedFile(Path directory) throws IOException {
        this.directory = directory;
        this.data = directory.resolve("data");
        Files.createDirectory(directory);
        this.channel = FileChannel.open(data, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        this.content = Channels.newOutputStream(channel);
    }

    @Override
    public OutputStream content() {
        return content;
    }

    @Override
    public void seal() throws IOException {
        channel.force(true);
        channel.close();
    }

    @Override
    public void discard() throws IOException {
        channel.close();
        delete(directory);
    }

    /** The directory, with all that the entry needs in it, durable. */
    Path completed(CommitEntry entry) throws IOException {
        data = Files.move(data, directory.resolve(entry.file()));
        DurableFile.write(directory.resolve(LocalLayout.SIDECAR), CommitEntryJson.write(entry));
        DurableFile.force(directory);
        return directory;
    }

    /** Removes a staging directory, without effect if there is none. */
    static void delete(Path directory) throws IOException {
        // Renamed first: whoever staged it, and is alive against all expectation, must not publish it half deleted.
        Path discarded = directory.resolveSibling(LocalLayout.DISCARDED_PREFIX + UUID.randomUUID());
        try {
            Files.move(directory, discarded, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            return;
        }
        FileTree.delete(discarded);
    }
}
