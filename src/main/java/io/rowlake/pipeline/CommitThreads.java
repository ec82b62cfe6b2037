package io.rowlake.pipeline;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Threads in which the tables of one task are committed at the same time. They exist while there is something to do, and
 * the task's own thread waits for all of them.
 */
final class CommitThreads implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CommitThreads.class);

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
        // A commit that has begun is waited for even if the task is to end, since its outcome decides what is kept.
        start(commits).join();
    }

    /** Begins them all, and returns when the last one has run, or when the time is up. */
    void run(List<LaneCommit> commits, Duration timeMax) {
        try {
            start(commits).get(timeMax.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // Each commit says whether it has run.
            LOG.debug("Commits that have not run in {} ms", timeMax.toMillis(), e);
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private CompletableFuture<Void> start(List<LaneCommit> commits) {
        // Connect tells the connector and the task in the context of its logging.
        Map<String, String> context = MDC.getCopyOfContextMap();
        return CompletableFuture.allOf(commits.stream()
                .map(commit -> CompletableFuture.runAsync(() -> run(commit, context), threads))
                .toArray(CompletableFuture[]::new));
    }

    private static void run(LaneCommit commit, @Nullable Map<String, String> loggingContext) {
        if (loggingContext != null) {
            MDC.setContextMap(loggingContext);
        }
        commit.run();
    }

    /** Interrupts those that nobody waits for any more. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
