package io.rowlake.sink.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * Puts the new files of a topic in the place of the old ones. Each step may be repeated, so that whoever finds a swap that
 * has begun finishes it by running it again. To be done under the {@link DirectoryLock}.
 */
final class Swap {

    private final LocalLayout layout;
    private final Path old;
    private final Path fresh;
    private final Path replaced;
    private final Path marker;

    Swap(LocalLayout layout, String topic) {
        this.layout = layout;
        this.old = layout.topic(topic);
        this.fresh = layout.beside().topic(topic);
        this.replaced = layout.internal().resolve("replaced").resolve(topic);
        this.marker = layout.internal().resolve("swap-" + topic + ".json");
    }

    /** The steps, in their order. */
    enum Step {
        MARK,
        MOVE_OLD_AWAY,
        MOVE_NEW_IN,
        DELETE_OLD,
        UNMARK
    }

    boolean hasBegun() {
        return Files.exists(marker);
    }

    void run() throws IOException {
        for (Step step : Step.values()) {
            run(step);
        }
    }

    void run(Step step) throws IOException {
        switch (step) {
            case MARK -> DurableFile.replace(marker, "{\"version\":1}".getBytes(StandardCharsets.UTF_8));
            case MOVE_OLD_AWAY -> moveOldAway();
            case MOVE_NEW_IN -> moveNewIn();
            case DELETE_OLD -> {
                FileTree.delete(replaced);
                FileTree.delete(old.resolve(Replacement.RECORD));
            }
            case UNMARK -> Files.deleteIfExists(marker);
        }
    }

    private void moveOldAway() throws IOException {
        // Once the new files are in, what stands in the place is not old any more.
        if (Files.exists(fresh) && Files.exists(old)) {
            Files.createDirectories(replaced);
            Path away = replaced.resolve(UUID.randomUUID().toString());
            Files.move(old, away, StandardCopyOption.ATOMIC_MOVE);
            DurableFile.force(replaced);
        }
    }

    private void moveNewIn() throws IOException {
        if (Files.exists(fresh)) {
            Files.move(fresh, old, StandardCopyOption.ATOMIC_MOVE);
            DurableFile.force(layout.directory());
        }
    }
}
