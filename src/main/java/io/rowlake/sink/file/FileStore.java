package io.rowlake.sink.file;

import io.rowlake.event.SourcePartition;
import java.io.IOException;
import java.util.Optional;

/**
 * Where published files stand: one chain of entries a partition, each created once and never changed.
 *
 * <p>What an implementation owes is one step that both creates the entry, with its file, and fails if there is one at the
 * same start: on a local disk a rename, in an object store a conditional write whose metadata is the entry. Any method
 * may throw {@link io.rowlake.sink.SinkException} where what it finds is no entry.
 */
interface FileStore {

    /** The entry that starts last, empty if the partition has none. */
    Optional<CommitEntry> newest(SourcePartition partition) throws IOException;

    /** A new file, invisible to readers. */
    StagedFile stage(SourcePartition partition) throws IOException;

    /**
     * Publishes a sealed file, unless the entry's place is taken. May be called again after a failure, and the failed
     * call may have published.
     *
     * @return the entry that now stands in the place: this one, or that of whoever was first
     */
    CommitEntry publish(StagedFile staged, CommitEntry entry) throws IOException;

    /** Removes what a run that crashed has staged of the partition. */
    void deleteStaged(SourcePartition partition) throws IOException;
}
