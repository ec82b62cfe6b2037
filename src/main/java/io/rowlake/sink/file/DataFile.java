package io.rowlake.sink.file;

import io.rowlake.event.TableSchema;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;

/** One file while rows are added to it, and until it is published. After a failed write it is of no more use. */
final class DataFile {

    private final StagedFile staged;
    private final CountedStream written;
    private final OutputStream rowTarget;
    private final RollSettings roll;
    private final Instant dueAt;
    private final List<String> columns;
    private TableSchema schema;
    private long rows;
    private long lastOffset;

    DataFile(StagedFile staged, FileSettings settings, PartitionRows rows, Instant begunAt) throws IOException {
        this.staged = staged;
        this.written = new CountedStream(new BufferedOutputStream(staged.content(), Compression.BUFFER_BYTES));
        this.rowTarget = settings.compression().compress(written);
        this.columns = rows.columns();
        this.schema = rows.schema();
        this.roll = settings.roll();
        this.dueAt = begunAt.plus(roll.interval());
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

    /** The columns that its header names. */
    List<String> columns() {
        return columns;
    }

    /** Whether the first row is too long ago for the file to wait for more. */
    boolean isDue(Instant now) {
        return !now.isBefore(dueAt);
    }

    /** Whether the file has its size or its rows. If compressed, what the compression has put out so far counts. */
    boolean isFull() {
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
