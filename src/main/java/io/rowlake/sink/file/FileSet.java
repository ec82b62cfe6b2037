package io.rowlake.sink.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What is published under a directory, for whoever reads it. */
public final class FileSet {

    private static final Comparator<CommitEntry> ORDER =
            Comparator.comparing(CommitEntry::partition).thenComparingLong(CommitEntry::start);

    private FileSet() {}

    /**
     * All commit entries, in the order of partition and offset. Nothing if there is no such directory.
     *
     * @throws io.rowlake.sink.SinkException if an entry has no valid sidecar; the message names it
     */
    public static List<CommitEntry> entries(Path directory) throws IOException {
        List<CommitEntry> entries = new ArrayList<>();
        for (Path partition : new LocalLayout(directory).partitions()) {
            for (Path entry : LocalLayout.entries(partition)) {
                entries.add(LocalLayout.read(entry));
            }
        }
        entries.sort(ORDER);
        return entries;
    }

    /** The data file of an entry. */
    public static Path dataFile(Path directory, CommitEntry entry) {
        return new LocalLayout(directory)
                .entry(entry.partition(), entry.start())
                .resolve(entry.file());
    }
}
