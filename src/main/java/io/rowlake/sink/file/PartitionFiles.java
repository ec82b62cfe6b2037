package io.rowlake.sink.file;

import io.rowlake.batch.ChangeBatch;
import io.rowlake.event.SourcePartition;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of one partition: the chain of what is published, then files that wait to be, then at most one that rows are
 * added to.
 *
 * <p>After an {@link IOException} from {@link #append} or {@link #sealIfDue} rows are lost, and the object is of no more use;
 * after one from {@link #publish} nothing is, and the call may be repeated.
 */
final class PartitionFiles {

    private static final Logger LOG = LoggerFactory.getLogger(PartitionFiles.class);

    private final SourcePartition partition;
    private final FileStore store;
    private final FileSettings settings;
    private final RowFormat format;
    private final Deque<SealedFile> sealed = new ArrayDeque<>();
    private @Nullable DataFile open;
    private OptionalLong chainEnd;

    /** The columns that rows have had so far, in the order in which they came up. */
    private List<String> columns = List.of();

    /** The offset after the last row that is published or staged. */
    private long next;

    PartitionFiles(
            SourcePartition partition,
            Optional<CommitEntry> newest,
            FileStore store,
            FileSettings settings,
            RowFormat format) {
        this.partition = partition;
        this.store = store;
        this.settings = settings;
        this.format = format;
        this.chainEnd = newest.isPresent() ? OptionalLong.of(newest.get().end()) : OptionalLong.empty();
        this.next = chainEnd.orElse(0);
    }

    /** What a call of {@link #publish} did. */
    record Publication(long rows, boolean overtaken) {}

    /** Where the chain ends, empty if nothing was ever published. */
    OptionalLong chainEnd() {
        return chainEnd;
    }

    boolean hasStaged() {
        return open != null || !sealed.isEmpty();
    }

    void requireNotTaken(long offset) {
        if (offset < next) {
            throw new IllegalStateException("Cannot stage change at " + partition + "@" + offset
                    + ": changes before offset " + next + " are staged or published already");
        }
    }

    /** The rows of a batch, for files that are begun with all the columns that the partition's rows have had so far. */
    PartitionRows bind(ChangeBatch batch) {
        List<String> bound = columnsWith(format.columns(batch.schema()));
        return new PartitionRows(batch.schema(), bound, format.bind(batch, bound));
    }

    void append(PartitionRows rows, int row, long offset, Instant now) throws IOException {
        columns = rows.columns();
        if (open != null && (open.isDue(now) || !open.columns().equals(columns))) {
            seal();
        }
        DataFile file = open == null ? begin(rows, now) : open;
        file.append(rows.encoded().row(row), rows.schema(), offset);
        next = offset + 1;
        if (file.isFull()) {
            seal();
        }
    }

    /** Ends the open file if it is due at the instant. */
    void sealIfDue(Instant now) throws IOException {
        if (open != null && open.isDue(now)) {
            seal();
        }
    }

    /** Publishes the files that are sealed. */
    Publication publish(long reached) throws IOException {
        long rows = 0;
        while (!sealed.isEmpty()) {
            CommitEntry entry = nextEntry(sealed.element(), reached);
            CommitEntry standing = store.publish(sealed.element().staged(), entry);
            if (!standing.isSamePublication(entry)) {
                standBack(standing);
                return new Publication(rows, true);
            }
            sealed.remove();
            chainEnd = OptionalLong.of(standing.end());
            next = Math.max(next, standing.end());
            rows += standing.rows();
        }
        return new Publication(rows, false);
    }

    /** Forgets what is staged. */
    void discard() {
        if (open != null) {
            discard(open::discard);
            open = null;
        }
        sealed.forEach(file -> discard(file.staged()::discard));
        sealed.clear();
        next = chainEnd.orElse(0);
    }

    private List<String> columnsWith(List<String> more) {
        if (columns.containsAll(more)) {
            return columns;
        }
        Set<String> all = new LinkedHashSet<>(columns);
        all.addAll(more);
        return List.copyOf(all);
    }

    private DataFile begin(PartitionRows rows, Instant now) throws IOException {
        byte[] header = format.header(rows.columns());
        StagedFile staged = store.stage(partition);
        DataFile file = new DataFile(staged, settings, rows, now);
        open = file;
        file.writeHeader(header);
        return file;
    }

    private void seal() throws IOException {
        if (open != null) {
            sealed.add(open.seal());
            open = null;
        }
    }

    private CommitEntry nextEntry(SealedFile file, long reached) {
        boolean last = sealed.size() == 1 && open == null;
        long end = last ? Math.max(reached, file.next()) : file.next();
        String extension = format.extension() + settings.compression().suffix();
        // The first link starts at zero wherever the first record is: tasks that begin at different records, because
        // the topic was compacted in between, would otherwise not meet in one place.
        return file.entry(partition, chainEnd.orElse(0), end, settings.writer(), extension);
    }

    /** Somebody else has extended the chain: goes on from its end, without what was staged. */
    private void standBack(CommitEntry standing) throws IOException {
        // Asked for first: if it fails, what is staged has to be here for the next attempt.
        long end = store.newest(partition).orElse(standing).end();
        LOG.warn(
                "{} was taken on to offset {} by {}: dropped what was staged of it by {}",
                partition,
                end,
                standing.writer(),
                settings.writer());
        chainEnd = OptionalLong.of(end);
        discard();
    }

    private void discard(Discard action) {
        try {
            action.run();
        } catch (IOException e) {
            // No harm to what is published, and the next start removes it.
            LOG.warn("Cannot remove a staged file of {}", partition, e);
        }
    }

    /** Removes one staged file. */
    private interface Discard {
        void run() throws IOException;
    }
}
