package io.rowlake.pipeline;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** What a pipeline has done since its start. Written by the task's thread, read by any. */
public final class PipelineCounters {

    private final AtomicLong rowsAppended = new AtomicLong();
    private final AtomicLong rowsCommitted = new AtomicLong();
    private final AtomicLong commits = new AtomicLong();
    private final AtomicLong commitMillis = new AtomicLong();
    private final AtomicLong badRecords = new AtomicLong();
    private final AtomicLong filteredRows = new AtomicLong();
    private volatile List<String> unknownColumns = List.of();
    private final AtomicLong ignoredDeletes = new AtomicLong();
    private final AtomicLong localMediaReferences = new AtomicLong();
    private final AtomicLong skippedRecords = new AtomicLong();
    private final AtomicLong overtakenCommits = new AtomicLong();
    private final AtomicLong retries = new AtomicLong();
    private final AtomicLong parkedTables = new AtomicLong();
    private final AtomicLong lostRecords = new AtomicLong();

    /** Rows taken into batches, those included that came again after a rewind. */
    public long rowsAppended() {
        return rowsAppended.get();
    }

    /** Rows that became visible in the destinations. */
    public long rowsCommitted() {
        return rowsCommitted.get();
    }

    /** Commits that published rows. */
    public long commits() {
        return commits.get();
    }

    /** Milliseconds spent in commits. */
    public long commitMillis() {
        return commitMillis.get();
    }

    /** Records that could not be read and were reported. */
    public long badRecords() {
        return badRecords.get();
    }

    /** Rows that the query left out, those included that came again after a rewind. */
    public long filteredRows() {
        return filteredRows.get();
    }

    /** Columns that a query names and no row has had so far, each with those that there are. */
    public List<String> unknownColumns() {
        return unknownColumns;
    }

    /** Deletes and truncates that append form does not write. */
    public long ignoredDeletes() {
        return ignoredDeletes.get();
    }

    /** References to media that only the source's machine can open, in a destination that others read. */
    public long localMediaReferences() {
        return localMediaReferences.get();
    }

    /** Records that the destination had already. */
    public long skippedRecords() {
        return skippedRecords.get();
    }

    /** Commits that were dropped because somebody else had moved the destination. */
    public long overtakenCommits() {
        return overtakenCommits.get();
    }

    /** Failures of a destination after which it was tried again. */
    public long retries() {
        return retries.get();
    }

    /** Tables that refuse their rows and are left alone at present. */
    public long parkedTables() {
        return parkedTables.get();
    }

    /** Records at most that Kafka removed before they were written. */
    public long lostRecords() {
        return lostRecords.get();
    }

    /** Kafka has removed records before they were written. */
    public void lost(long records) {
        lostRecords.addAndGet(records);
    }

    void appended() {
        rowsAppended.incrementAndGet();
    }

    void committed(long rows, long millis) {
        commitMillis.addAndGet(millis);
        if (rows > 0) {
            rowsCommitted.addAndGet(rows);
            commits.incrementAndGet();
        }
    }

    void bad() {
        badRecords.incrementAndGet();
    }

    void filtered(long rows) {
        filteredRows.addAndGet(rows);
    }

    void unknown(List<String> columns) {
        unknownColumns = columns;
    }

    void ignoredDelete() {
        ignoredDeletes.incrementAndGet();
    }

    void localReferences(long references) {
        localMediaReferences.addAndGet(references);
    }

    void skipped() {
        skippedRecords.incrementAndGet();
    }

    void overtaken() {
        overtakenCommits.incrementAndGet();
    }

    void parked() {
        parkedTables.incrementAndGet();
    }

    void unparked() {
        parkedTables.decrementAndGet();
    }

    void retried() {
        retries.incrementAndGet();
    }
}
