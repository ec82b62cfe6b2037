package io.rowlake.sink.iceberg;

import io.rowlake.event.TableName;
import io.rowlake.sink.RetriableSinkException;
import io.rowlake.sink.SinkException;
import io.rowlake.sink.iceberg.CommitRequest.Outcome;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Commits to one branch of one table for all tasks of a worker that write to it. While one of them commits, the others
 * gather, and the next commit takes all that have gathered: one snapshot, and no contention within the worker. Nobody waits
 * for a task that has nothing to commit.
 *
 * <p>Has no thread of its own: the task that comes first commits for those that wait. Safe for use by many threads.
 */
final class TableCommitter {

    private static final Map<Destination, WeakReference<TableCommitter>> SHARED = new HashMap<>();

    private final Optional<String> branch;
    private final Consumer<Duration> pauses;
    private final Queue<CommitRequest> waiting = new ConcurrentLinkedQueue<>();
    private final ReentrantLock turn = new ReentrantLock();

    /** What makes two tasks write to the same place in the same way. */
    private record Destination(Map<String, String> catalog, TableName table, Optional<String> branch) {}

    TableCommitter(Optional<String> branch) {
        this(branch, Pause::about);
    }

    /** @param pauses waits for about the time between two attempts of a commit */
    TableCommitter(Optional<String> branch, Consumer<Duration> pauses) {
        this.branch = branch;
        this.pauses = pauses;
    }

    /** The one that all tasks of this worker share for a branch of a table. It lives as long as one of them holds it. */
    static TableCommitter shared(Map<String, String> catalog, TableName table, Optional<String> branch) {
        var destination = new Destination(Map.copyOf(catalog), table, branch);
        synchronized (SHARED) {
            SHARED.values().removeIf(reference -> reference.get() == null);
            WeakReference<TableCommitter> known = SHARED.get(destination);
            TableCommitter present = known == null ? null : known.get();
            if (present == null) {
                present = new TableCommitter(branch);
                SHARED.put(destination, new WeakReference<>(present));
            }
            return present;
        }
    }

    /**
     * Commits, alone or with others.
     *
     * @throws RetriableSinkException if the time is up, or the files don't fit the table any more
     * @throws SinkException if the table is gone, or the catalog refuses
     */
    Outcome commit(CommitRequest request, InstantSource clock, Duration timeout) {
        waiting.add(request);
        boolean ours = false;
        try {
            ours = turn.tryLock(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!ours) {
            throw givenUp(request);
        }
        try {
            commitWaiting(clock, timeout);
        } finally {
            turn.unlock();
        }
        return request.result();
    }

    /** How many requests nobody has taken up yet. */
    int waiting() {
        return waiting.size();
    }

    private void commitWaiting(InstantSource clock, Duration timeout) {
        List<CommitRequest> taken = new ArrayList<>();
        for (CommitRequest next = waiting.poll(); next != null; next = waiting.poll()) {
            taken.add(next);
        }
        if (!taken.isEmpty()) {
            new TableCommit(branch, taken, pauses).run(clock, timeout);
        }
    }

    /** The task whose turn it is hangs, or the worker ends us; the request may be in that task's hands. */
    private RetriableSinkException givenUp(CommitRequest request) {
        if (!waiting.remove(request)) {
            request.attempted();
        }
        return new RetriableSinkException(
                "Cannot commit to table '" + request.access().name()
                        + "' in time: another task of this worker has been committing to it since before",
                new IllegalStateException("No turn to commit"));
    }
}
