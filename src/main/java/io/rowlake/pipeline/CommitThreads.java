package io.rowlake.pipeline;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Threads in which the tables of one task are committed at the same time. They exist while there is something to do, and
 * the task's own thread waits for all of them.
 */
final class CommitThreads implements AutoCloseable {

    private static final Duration IDLE_MAX = Duration.ofSeconds(30);

    private final ThreadPoolExecutor threads;

    CommitThreads(int max) {
        threads = new ThreadPoolExecutor(
                max, max, IDLE_MAX.toMillis(), TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>(), task -> {
                    var thread = new Thread(task, Thread.currentThread().getName() + "-commit");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /** Runs them all, and returns when the last one has run. */
    void run(List<LaneCommit> commits) {
        if (commits.size() == 1) {
            commits.get(0).run();
            return;
        }
        // Connect tells the connector and the task in the context of its logging.
        Map<String, String> context = MDC.getCopyOfContextMap();
        CompletableFuture<?>[] running = commits.stream()
                .map(commit -> CompletableFuture.runAsync(() -> run(commit, context), threads))
                .toArray(CompletableFuture[]::new);
        // A commit that has begun is waited for even if the task is to end, since its outcome decides what is kept.
        CompletableFuture.allOf(running).join();
    }

    private static void run(LaneCommit commit, @Nullable Map<String, String> loggingContext) {
        if (loggingContext != null) {
            MDC.setContextMap(loggingContext);
        }
        commit.run();
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
