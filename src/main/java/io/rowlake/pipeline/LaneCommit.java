package io.rowlake.pipeline;

import io.rowlake.sink.CommitResult;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A commit of one table, ready to run. It runs once, on any thread, while nothing else touches the table's sink; what came
 * of it is dealt with on the task's own thread.
 */
final class LaneCommit {

    private final TableLane lane;
    private final Supplier<CommitResult> step;
    private final InstantSource clock;
    private final Instant start;
    private @Nullable CommitResult result;
    private @Nullable RuntimeException failure;
    private Duration time = Duration.ZERO;

    /** @param start when the rows began to be brought to the sink, which counts as part of the commit */
    LaneCommit(TableLane lane, Supplier<CommitResult> step, InstantSource clock, Instant start) {
        this.lane = lane;
        this.step = step;
        this.clock = clock;
        this.start = start;
    }

    void run() {
        try {
            result = step.get();
        } catch (RuntimeException e) {
            failure = e;
        }
        time = Duration.between(start, clock.instant());
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
