package io.rowlake.sink.file;

import io.rowlake.event.SourcePartition;

/**
 * One link in the chain of a partition: a published file, and the offsets of the source that it covers. The next link
 * starts where this one ends; the first starts at zero, whatever the first offset was that the topic still had.
 *
 * @param start offset of the first record it covers, which need not have become a row
 * @param end offset after the last record it covers
 * @param bytes size of the file, after compression
 * @param sha256 of the file, in hexadecimal digits
 * @param writer who published it: {@code connector/task/uuid}
 * @param schema the columns of the last row, as text
 * @param file name of the file
 */
public record CommitEntry(
        SourcePartition partition,
        long start,
        long end,
        long rows,
        long bytes,
        String sha256,
        String writer,
        String schema,
        String file) {

    public CommitEntry {
        if (start < 0 || end <= start) {
            throw new IllegalArgumentException(
                    "Commit entry must end after its start but covers " + start + " to " + end);
        }
    }

    /** Whether both are the work of one writer: the same file, published once or reported twice. */
    boolean isSamePublication(CommitEntry other) {
        return writer.equals(other.writer) && sha256.equals(other.sha256);
    }
}
