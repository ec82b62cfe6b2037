package io.rowlake.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file system of its own that can be filled up. It needs the right to mount one. */
final class SmallDisk implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SmallDisk.class);
    private static final String FILLER = "filler";

    private final Path directory;

    private SmallDisk(Path directory) {
        this.directory = directory;
    }

    /** A disk, or nothing where none may be mounted. */
    static Optional<SmallDisk> mount(Path directory, int megabytes) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String size = "size=" + megabytes + "m";
        if (run(List.of("mount", "-t", "tmpfs", "-o", size, "rowlake-chaos", directory.toString()))) {
            return Optional.of(new SmallDisk(directory));
        }
        LOG.warn("No small disk can be mounted here, so that none runs full");
        return Optional.empty();
    }

    Path directory() {
        return directory;
    }

    /** Until no byte is left. */
    void fill() {
        byte[] block = new byte[1 << 16];
        try (var out = Files.newOutputStream(directory.resolve(FILLER))) {
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            LOG.debug("The disk is full: {}", full.getMessage());
        }
    }

    void free() {
        try {
            Files.deleteIfExists(directory.resolve(FILLER));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps what is on the disk in a directory beside it, before the disk goes. */
    void copyTo(Path copy) {
        if (!run(List.of("cp", "-r", directory.toString(), copy.toString()))) {
            LOG.warn("Cannot copy {} to {}", directory, copy);
        }
    }

    @Override
    public void close() {
        if (!run(List.of("umount", directory.toString()))) {
            run(List.of("umount", "--lazy", directory.toString()));
        }
    }

    private static boolean run(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            boolean succeeded = process.waitFor() == 0;
            if (!succeeded) {
                LOG.info("{} failed: {}", command, output.strip());
            }
            return succeeded;
        } catch (IOException e) {
            LOG.info("{} failed: {}", command, e.getMessage());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
