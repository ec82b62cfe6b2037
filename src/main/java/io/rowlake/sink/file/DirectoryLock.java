package io.rowlake.sink.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Keeps apart what tasks do to whole topics of a directory, in one process or in several. Ends with its process. */
final class DirectoryLock {

    private static final int ATTEMPTS = 200;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private DirectoryLock() {}

    /** What is done under the lock. */
    interface Work {
        void run() throws IOException;
    }

    /**
     * Waits for the lock, and works under it.
     *
     * @throws IOException if the work does, or somebody else has the lock for longer than any work takes
     */
    static void hold(LocalLayout layout, Work work) throws IOException {
        Files.createDirectories(layout.internal());
        Path file = layout.internal().resolve("lock");
        // Closing it releases the lock.
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
            await(channel, file);
            work.run();
        }
    }

    private static void await(FileChannel channel, Path file) throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (isLocked(channel)) {
                return;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        throw new IOException("another task is at work there and holds " + file);
    }

    /** Takes the lock if nobody else has it. */
    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // Another task of this process has it.
            return false;
        }
    }
}
