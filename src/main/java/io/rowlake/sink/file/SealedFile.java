package io.rowlake.sink.file;

import io.rowlake.event.SourcePartition;

/**
 * A complete file that waits to be published.
 *
 * @param next the offset after its last row
 */
record SealedFile(StagedFile staged, long next, long rows, long bytes, String sha256, String schema) {

    CommitEntry entry(SourcePartition partition, long start, long end, String writer, String extension) {
        return new CommitEntry(
                partition,
                start,
                end,
                rows,
                bytes,
                sha256,
                writer,
                schema,
                LocalLayout.fileName(partition, start, extension));
    }
}
