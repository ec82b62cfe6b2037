package io.rowlake.sink.file;

import io.rowlake.event.SourceOffsets;
import io.rowlake.sink.ExistingTarget;
import io.rowlake.sink.ExistingTarget.Action;
import io.rowlake.sink.SinkException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Decides by what is there where the files of a topic go: to its directory, beside it until they replace it, or nowhere. */
final class TargetDirectories {

    private final LocalLayout layout;
    private final ExistingTarget existing;
    private final FileStore store;

    /** Topics whose files are this run's own, or were free to add to, when it came to them. */
    private final Set<String> admitted = new HashSet<>();

    /** Topics that this run replaces. */
    private final Map<String, Replacement> replaced = new HashMap<>();

    /** Files go to the store, which keeps them in the layout, or to one beside it. */
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
        var swap = new Swap(layout, topic);
        if (swap.hasBegun() || isToBeReplaced(topic)) {
            DirectoryLock.hold(layout, () -> settle(topic, swap));
        }
        Replacement replacement = replaced.get(topic);
        if (replacement != null) {
            return replacement.store();
        }
        if (!admitted.contains(topic)) {
            admit(topic);
            admitted.add(topic);
        }
        return store;
    }

    /** Notes how far the source is taken. Returns the topics whose new files may take the place of the old ones. */
    Set<String> complete(SourceOffsets committed) throws IOException {
        Set<String> complete = new HashSet<>();
        for (Map.Entry<String, Replacement> replacement : replaced.entrySet()) {
            replacement.getValue().committed(committed);
            if (replacement.getValue().isComplete()) {
                complete.add(replacement.getKey());
            }
        }
        return complete;
    }

    private boolean isToBeReplaced(String topic) throws IOException {
        return existing.action() == Action.REPLACE
                && (replaced.containsKey(topic)
                        || Replacement.find(layout, topic).isPresent()
                        || !isFree(topic));
    }

    private void settle(String topic, Swap swap) throws IOException {
        if (swap.hasBegun()) {
            swap.run();
        }
        if (existing.action() == Action.REPLACE) {
            replace(topic, swap);
        }
    }

    /** Begins, goes on with or completes the replacement of a topic. */
    private void replace(String topic, Swap swap) throws IOException {
        Replacement replacement = found(topic).orElse(null);
        if (replacement == null && !isFree(topic)) {
            replacement = Replacement.begin(layout, topic, self(), existing.replaceUntil());
        }
        if (replacement != null && replacement.isComplete()) {
            swap.run();
            replacement = null;
            admitted.add(topic);
        }
        if (replacement == null) {
            replaced.remove(topic);
        } else {
            replaced.put(topic, replacement);
        }
    }

    /** The replacement that has begun and is ours to go on with. */
    private Optional<Replacement> found(String topic) throws IOException {
        Optional<Replacement> found = Replacement.find(layout, topic);
        if (found.isEmpty() || replaced.containsKey(topic)) {
            return found;
        }
        Optional<MakerNote> maker = found.get().maker();
        if (maker.isEmpty()) {
            // Left by a run that nobody goes on with.
            FileTree.delete(found.get().directory());
            return Optional.empty();
        }
        if (!maker.equals(self())) {
            throw new SinkException("Cannot replace files of topic '" + topic + "' under " + layout.directory()
                    + ": connector '" + maker.get().owner()
                    + "' is about to replace them; let it come to its end, or delete "
                    + found.get().directory() + " if it never will");
        }
        return found;
    }

    /** Whether nothing has to be replaced. */
    private boolean isFree(String topic) throws IOException {
        Path directory = layout.topic(topic);
        return admitted.contains(topic) || !LocalLayout.hasEntries(directory) || isOwn(MakerNote.read(directory));
    }

    private void admit(String topic) throws IOException {
        Path directory = layout.topic(topic);
        if (!LocalLayout.hasEntries(directory)) {
            note(directory);
            return;
        }
        Optional<MakerNote> maker = MakerNote.read(directory);
        if (existing.action() == Action.ERROR && !isOwn(maker)) {
            throw refusal(topic, maker);
        }
    }

    private boolean isOwn(Optional<MakerNote> maker) {
        return maker.isPresent() && maker.equals(self());
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
