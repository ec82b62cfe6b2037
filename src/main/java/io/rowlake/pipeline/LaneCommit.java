package io.rowlake.pipeline;

import io.rowlake.sink.CommitResult;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A commit of one table, ready to run. It runs once, on any thread, while nothing else touches the table's batch and sink; what came
 * of it is dealt with on the task's own thread.
 */
final class LaneCommit {

    private final TableLane lane;
    private final Supplier<CommitResult> step;
    private final InstantSource clock;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private @Nullable CommitResult result;
    private @Nullable RuntimeException failure;
    private Duration time = Duration.ZERO;

    /** @param step brings the rows to the sink and commits them */
    LaneCommit(TableLane lane, Supplier<CommitResult> step, InstantSource clock) {
        this.lane = lane;
        this.step = step;
        this.clock = clock;
    }

    /** Does nothing if it was given up before. */
    void run() {
        if (!begun.compareAndSet(false, true)) {
            return;
        }
        Instant start = clock.instant();
        try {
            result = step.get();
        } catch (RuntimeException e) {
            failure = e;
        } finally {
            time = Duration.between(start, clock.instant());
            ended.complete(null);
        }
    }

    /** The table that it is of. */
    TableLane lane() {
        return lane;
    }

    boolean hasEnded() {
        return ended.isDone();
    }

    /**
     * Leaves it alone: it doesn't run any more, or nobody waits for it. Its lane belongs to it from now on, and is closed
     * when it ends.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // Nobody is left to be told that a lane can't be closed.
    void giveUp() {
        if (begun.compareAndSet(false, true)) {
            lane.close();
        } else {
            ended.thenRun(lane::close);
        }
    }

    /** Lets the lane go on, with what became of the commit. */
    void settle() {
        lane.settle(this);
    }

    /** What the sink said; throws what it threw. */
    CommitResult result() {
        if (failure != null) {
            throw failure;
        }
        return Objects.requireNonNull(result, "The commit has not run");
    }

    Duration time() {
        return time;
    }
}
