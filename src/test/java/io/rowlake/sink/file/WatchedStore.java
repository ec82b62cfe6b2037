package io.rowlake.sink.file;

import io.rowlake.event.SourcePartition;
import io.rowlake.sink.CallPoints;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** A store as one task sees it: every call passes the task's points. */
record WatchedStore(FileStore store, CallPoints points) implements FileStore {

    static IOException lost() {
        return new IOException("connection reset");
    }

    @Override
    public Optional<CommitEntry> newest(SourcePartition partition) throws IOException {
        return points.around("find newest", WatchedStore::lost, () -> store.newest(partition));
    }

    @Override
    public StagedFile stage(SourcePartition partition) throws IOException {
        return points.around("new file", WatchedStore::lost, () -> new WatchedFile(store.stage(partition), points));
    }

    @Override
    public CommitEntry publish(StagedFile staged, CommitEntry entry) throws IOException {
        return points.around("publish", WatchedStore::lost, () -> store.publish(((WatchedFile) staged).file(), entry));
    }

    @Override
    public void deleteStaged(SourcePartition partition) throws IOException {
        points.around("delete staged", WatchedStore::lost, () -> {
            store.deleteStaged(partition);
            return true;
        });
    }

    private record WatchedFile(StagedFile file, CallPoints points) implements StagedFile {

        @Override
        public OutputStream content() {
            return new WatchedStream(file.content(), points);
        }

        @Override
        public void seal() throws IOException {
            points.around("seal", WatchedStore::lost, () -> {
                file.seal();
                return true;
            });
        }

        @Override
        public void discard() throws IOException {
            points.around("discard", WatchedStore::lost, () -> {
                file.discard();
                return true;
            });
        }
    }

    private static final class WatchedStream extends OutputStream {

        private final OutputStream stream;
        private final CallPoints points;

        WatchedStream(OutputStream stream, CallPoints points) {
            this.stream = stream;
            this.points = points;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            points.around("write", WatchedStore::lost, () -> {
                stream.write(bytes, offset, length);
                return true;
            });
        }
    }
}
