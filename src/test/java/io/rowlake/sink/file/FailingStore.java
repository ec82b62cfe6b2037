package io.rowlake.sink.file;

import io.rowlake.event.SourcePartition;
import java.io.IOException;
import java.io.OutputStream;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** A store that breaks down at a step, once, when it is told to. */
final class FailingStore implements FileStore {

    /** Where a fault strikes. */
    enum Step {
        OPEN,
        STAGE,
        WRITE,
        SEAL,
        BEFORE_PUBLISHING,
        AFTER_PUBLISHING,
        DISCARD
    }

    private final FileStore store;
    private final Set<Step> faults = EnumSet.noneOf(Step.class);

    FailingStore(FileStore store) {
        this.store = store;
    }

    void failAt(Step step) {
        faults.add(step);
    }

    @Override
    public Optional<CommitEntry> newest(SourcePartition partition) throws IOException {
        strike(Step.OPEN);
        return store.newest(partition);
    }

    @Override
    public StagedFile stage(SourcePartition partition) throws IOException {
        strike(Step.STAGE);
        return new FailingFile(store.stage(partition));
    }

    @Override
    public CommitEntry publish(StagedFile staged, CommitEntry entry) throws IOException {
        strike(Step.BEFORE_PUBLISHING);
        CommitEntry standing = store.publish(((FailingFile) staged).file, entry);
        strike(Step.AFTER_PUBLISHING);
        return standing;
    }

    @Override
    public void deleteStaged(SourcePartition partition) throws IOException {
        store.deleteStaged(partition);
    }

    private void strike(Step step) throws IOException {
        if (faults.remove(step)) {
            throw new IOException("No space left at " + step);
        }
    }

    /** A staged file that breaks down with its store. */
    private final class FailingFile implements StagedFile {

        private final StagedFile file;

        FailingFile(StagedFile file) {
            this.file = file;
        }

        @Override
        public OutputStream content() {
            return new OutputStream() {
                @Override
                public void write(int value) throws IOException {
                    strike(Step.WRITE);
                    file.content().write(value);
                }

                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    strike(Step.WRITE);
                    file.content().write(bytes, offset, length);
                }
            };
        }

        @Override
        public void seal() throws IOException {
            strike(Step.SEAL);
            file.seal();
        }

        @Override
        public void discard() throws IOException {
            strike(Step.DISCARD);
            file.discard();
        }
    }
}
