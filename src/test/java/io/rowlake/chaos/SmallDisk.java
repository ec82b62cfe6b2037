package io.rowlake.chaos;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A disk that can be filled: a file system in memory, mounted for the run. Where this process may not mount, a directory
 * that can't be filled.
 */
final class SmallDisk implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SmallDisk.class);
    private static final String SIZE = "512m";
    private static final int CHUNK = 64 * 1024;

    private final Path root;
    private final boolean isMounted;

    private SmallDisk(Path root, boolean isMounted) {
        this.root = root;
        this.isMounted = isMounted;
    }

    static SmallDisk in(Path root) throws IOException {
        Files.createDirectories(root);
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=" + SIZE, "tmpfs", root.toString());
        if (!mounted) {
            LOG.warn("Cannot mount a file system at {}: no disk will be full in this run", root);
        }
        return new SmallDisk(root, mounted);
    }

    /** Where the connector writes. */
    Path directory() {
        return root.resolve("out");
    }

    boolean canBeFilled() {
        return isMounted;
    }

    /** Leaves not one byte. */
    void fill() {
        try (OutputStream out = Files.newOutputStream(filler())) {
            byte[] chunk = new byte[CHUNK];
            while (true) {
                out.write(chunk);
            }
        } catch (IOException full) {
            LOG.info("The disk is full: {}", full.getMessage());
        }
    }

    /** There is room again. */
    void free() {
        try {
            Files.deleteIfExists(filler());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (isMounted) {
            run("umount", "-l", root.toString());
        }
    }

    private Path filler() {
        return root.resolve("filler");
    }

    private static boolean run(String... command) {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
