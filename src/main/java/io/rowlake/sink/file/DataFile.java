package io.rowlake.sink.file;

import io.rowlake.event.TableSchema;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;

/** One file while rows are added to it, and until it is published. After a failed write it is of no more use. */
final class DataFile {

    private final StagedFile staged;
    private final CountedStream written;
    private final OutputStream rowTarget;
    private final Instant begunAt;
    private TableSchema schema;
    private long rows;
    private long lastOffset;

    DataFile(StagedFile staged, Compression compression, TableSchema schema, Instant begunAt) throws IOException {
        this.staged = staged;
        this.written = new CountedStream(new BufferedOutputStream(staged.content(), Compression.BUFFER_BYTES));
        this.rowTarget = compression.compress(written);
        this.schema = schema;
        this.begunAt = begunAt;
    }

    void writeHeader(byte[] header) throws IOException {
        rowTarget.write(header);
    }

    void append(RowBuffer row, TableSchema rowSchema, long offset) throws IOException {
        row.writeTo(rowTarget);
        schema = rowSchema;
        lastOffset = offset;
        rows++;
    }

    /** The columns of the last row. */
    TableSchema schema() {
        return schema;
    }

    /** Whether the first row came at the instant or before it. */
    boolean isBegunBy(Instant bound) {
        return !begunAt.isAfter(bound);
    }

    /** Of compressed files, what the compression has put out so far counts. */
    boolean isFull(RollSettings roll) {
        return written.count() >= roll.bytes() || rows >= roll.records();
    }

    /** Completes the file. */
    SealedFile seal() throws IOException {
        rowTarget.close();
        staged.seal();
        return new SealedFile(staged, lastOffset + 1, rows, written.count(), written.hash(), schema.toString());
    }

    void discard() throws IOException {
        // Closed for the sake of the compression, which holds memory outside the heap.
        written.disconnect();
        rowTarget.close();
        staged.discard();
    }
}
