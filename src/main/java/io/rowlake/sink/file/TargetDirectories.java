package io.rowlake.sink.file;

import io.rowlake.sink.ExistingTarget;
import io.rowlake.sink.ExistingTarget.Action;
import io.rowlake.sink.SinkException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Decides by what is there where the files of a topic go, if anywhere. */
final class TargetDirectories {

    private final LocalLayout layout;
    private final ExistingTarget existing;
    private final FileStore store;

    /** Topics whose files are this run's own, or were free to add to, when it came to them. */
    private final Set<String> admitted = new HashSet<>();

    /** Files go to the store, which keeps them in the layout. */
    TargetDirectories(LocalLayout layout, ExistingTarget existing, FileStore store) {
        this.layout = layout;
        this.existing = existing;
        this.store = store;
    }

    /**
     * Where the files of a topic go from now on.
     *
     * @throws SinkException if there are files of somebody else, which are not to be touched
     */
    FileStore open(String topic) throws IOException {
        if (!admitted.contains(topic)) {
            admit(topic);
            admitted.add(topic);
        }
        return store;
    }

    private void admit(String topic) throws IOException {
        Path directory = layout.topic(topic);
        if (!LocalLayout.hasEntries(directory)) {
            note(directory);
            return;
        }
        Optional<MakerNote> maker = MakerNote.read(directory);
        boolean own = maker.isPresent() && maker.equals(self());
        if (!own && existing.action() != Action.APPEND) {
            throw refusal(topic, maker);
        }
    }

    /** How the notes that we leave look; there are none of a run that never goes on with what it finds. */
    private Optional<MakerNote> self() {
        return existing.owner().isEmpty() ? Optional.empty() : Optional.of(new MakerNote(existing.owner()));
    }

    private void note(Path directory) throws IOException {
        if (self().isPresent() && !self().equals(MakerNote.read(directory))) {
            Files.createDirectories(directory);
            self().get().write(directory);
            DurableFile.force(layout.directory());
        }
    }

    private SinkException refusal(String topic, Optional<MakerNote> maker) {
        String self = existing.owner().isEmpty() ? "this run" : "connector '" + existing.owner() + "'";
        String other = maker.isEmpty()
                ? "by nobody that is noted"
                : "made by '" + maker.get().owner() + "'";
        return new SinkException(
                "Cannot write files of topic '" + topic + "' under " + layout.directory()
                        + ": there are files already, not made by " + self + " (" + other
                        + "): set files.if.exists=append to add to them or replace to replace them, or choose another directory");
    }
}
