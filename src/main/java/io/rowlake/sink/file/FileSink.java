package io.rowlake.sink.file;

import io.rowlake.batch.ChangeBatch;
import io.rowlake.event.MalformedEventsException;
import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePartition;
import io.rowlake.event.TableSchema;
import io.rowlake.sink.CommitResult;
import io.rowlake.sink.IncompatibleSchemaException;
import io.rowlake.sink.RetriableSinkException;
import io.rowlake.sink.TableSink;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * Keeps one table, in append form, as JSONL or CSV files under a directory, each row in exactly one of them.
 *
 * <p>The files of a source partition make a chain: each is published, together with the range of offsets it covers, in a
 * place named by the offset where the one before it ends. Whoever finds the place taken has been replaced by another task,
 * and stands back; no setting, restart or replay can make two files cover one record.
 *
 * <p>A commit publishes the files that are complete, by size, rows or age; {@link #commitAll} the open ones too. If
 * {@link #stage} throws {@link RetriableSinkException}, or a commit does while it completes a file, what was staged of the
 * partition is lost: the caller calls {@link #discard} and {@link #open}, and replays from there. Commits that fail later
 * than that may be repeated. If {@link #stage} throws {@link MalformedEventsException}, nothing of the batch is staged.
 */
public final class FileSink implements TableSink {

    private final FileSettings settings;
    private final InstantSource clock;
    private final TargetDirectories targets;
    private final RowFormat format;
    private final Map<SourcePartition, PartitionFiles> opened = new HashMap<>();

    /** Touches the directory only when partitions are opened. */
    public FileSink(FileSettings settings, InstantSource clock) {
        this(settings, clock, new LocalFileStore(settings.directory()));
    }

    FileSink(FileSettings settings, InstantSource clock, FileStore store) {
        this.settings = settings;
        this.clock = clock;
        this.targets = new TargetDirectories(new LocalLayout(settings.directory()), settings.existing(), store);
        this.format = RowFormat.of(settings);
    }

    @Override
    public SourceOffsets open(Set<SourcePartition> partitions) {
        Map<SourcePartition, Long> ends = new TreeMap<>();
        for (SourcePartition partition : partitions) {
            PartitionFiles files = open(partition);
            files.chainEnd().ifPresent(end -> ends.put(partition, end));
        }
        return SourceOffsets.of(ends);
    }

    /** Empty: files have no columns of their own. */
    @Override
    public Optional<TableSchema> schema() {
        return Optional.empty();
    }

    /**
     * The schema as it is: files take any whose columns have names that they can hold.
     *
     * @throws IncompatibleSchemaException if the format can't write the name of a column
     */
    @Override
    public TableSchema reconcile(TableSchema source) {
        format.requireFit(source);
        return source;
    }

    /**
     * {@inheritDoc}
     *
     * @throws MalformedEventsException if the format can't hold values of some rows
     * @throws IllegalStateException if a partition is not open, or its changes come in the wrong order
     */
    @Override
    public void stage(ChangeBatch batch) {
        var rows = new BatchRows(batch, this::opened);
        if (!format.holdsAnyValue()) {
            rows.requireFit();
        }
        Instant now = clock.instant();
        for (int row = 0; row < batch.rows(); row++) {
            BatchRows.Target target = rows.target(row);
            target.files().requireNotTaken(batch.offset(row));
            if (batch.operation(row).hasAfterImage()) {
                append(target, batch, row, now);
            }
        }
    }

    @Override
    public CommitResult commit(SourceOffsets reached) {
        return publish(reached, clock.instant());
    }

    @Override
    public CommitResult commitAll(SourceOffsets reached) {
        return publish(reached, Instant.MAX);
    }

    @Override
    public void discard() {
        opened.values().forEach(PartitionFiles::discard);
    }

    @Override
    public void close() {
        discard();
        opened.clear();
    }

    private PartitionFiles open(SourcePartition partition) {
        drop(partition);
        try {
            FileStore store = targets.open(partition.topic());
            store.deleteStaged(partition);
            var files = new PartitionFiles(partition, store.newest(partition), store, settings, format);
            opened.put(partition, files);
            return files;
        } catch (IOException e) {
            throw failure("open the files", partition, "", e);
        }
    }

    private PartitionFiles opened(SourcePartition partition) {
        PartitionFiles files = opened.get(partition);
        if (files == null) {
            throw new IllegalStateException("Cannot stage or commit changes of " + partition
                    + ": the partition is not open, or has to be opened again after a failed write");
        }
        return files;
    }

    private void drop(SourcePartition partition) {
        PartitionFiles files = opened.remove(partition);
        if (files != null) {
            files.discard();
        }
    }

    private void append(BatchRows.Target target, ChangeBatch batch, int row, Instant now) {
        try {
            target.files().append(target.rows(), row, batch.offset(row), now);
        } catch (IOException e) {
            throw lost(batch.partition(row), e);
        }
    }

    /** Publishes what is complete, or due at the instant, and lets it take the place of old files if it is to. */
    private CommitResult publish(SourceOffsets reached, Instant now) {
        CommitResult result = publishFiles(reached, now);
        Set<String> complete = complete(result.committed());
        if (complete.isEmpty()) {
            return result;
        }
        // Nothing may be staged when the directory moves.
        CommitResult rest = publishFiles(reached, Instant.MAX);
        opened.keySet().stream()
                .filter(partition -> complete.contains(partition.topic()))
                .toList()
                .forEach(this::open);
        Set<SourcePartition> overtaken = new HashSet<>(result.overtaken());
        overtaken.addAll(rest.overtaken());
        return new CommitResult(rest.committed(), overtaken, result.rows() + rest.rows());
    }

    private Set<String> complete(SourceOffsets committed) {
        try {
            return targets.complete(committed);
        } catch (IOException e) {
            throw new RetriableSinkException(
                    "Cannot find out whether the files under " + settings.directory() + " may be replaced: " + e, e);
        }
    }

    private CommitResult publishFiles(SourceOffsets reached, Instant now) {
        Map<SourcePartition, Long> committed = new TreeMap<>();
        Set<SourcePartition> overtaken = new HashSet<>();
        long rows = 0;
        for (Map.Entry<SourcePartition, Long> target : reached.asMap().entrySet()) {
            SourcePartition partition = target.getKey();
            PartitionFiles files = opened(partition);
            seal(files, partition, now);
            PartitionFiles.Publication publication = publish(files, partition, target.getValue());
            rows += publication.rows();
            if (publication.overtaken()) {
                overtaken.add(partition);
            }
            committed(files, publication, target.getValue()).ifPresent(end -> committed.put(partition, end));
        }
        return new CommitResult(SourceOffsets.of(committed), overtaken, rows);
    }

    private void seal(PartitionFiles files, SourcePartition partition, Instant now) {
        try {
            files.sealIfDue(now);
        } catch (IOException e) {
            throw lost(partition, e);
        }
    }

    private PartitionFiles.Publication publish(PartitionFiles files, SourcePartition partition, long reached) {
        try {
            return files.publish(reached);
        } catch (IOException e) {
            throw failure("publish rows", partition, "; they stay staged", e);
        }
    }

    private static OptionalLong committed(PartitionFiles files, PartitionFiles.Publication publication, long reached) {
        if (publication.overtaken() || files.hasStaged()) {
            return files.chainEnd();
        }
        return OptionalLong.of(Math.max(reached, files.chainEnd().orElse(0)));
    }

    private RetriableSinkException lost(SourcePartition partition, IOException cause) {
        drop(partition);
        return failure("write rows", partition, "; what was staged of it has to be read again", cause);
    }

    private RetriableSinkException failure(String action, SourcePartition partition, String effect, IOException cause) {
        return new RetriableSinkException(
                "Cannot " + action + " of " + partition + " under " + settings.directory() + ": " + cause + effect,
                cause);
    }
}
