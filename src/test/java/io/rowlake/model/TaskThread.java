package io.rowlake.model;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * The thread of a modelled process. It and the scheduler never run at the same time: each waits while the other does.
 */
final class TaskThread {

    private static final ExecutorService THREADS = Executors.newCachedThreadPool(task -> {
        var thread = new Thread(task, "model");
        thread.setDaemon(true);
        return thread;
    });

    private final Semaphore go = new Semaphore(0);
    private final Semaphore back = new Semaphore(0);
    private @Nullable Throwable failure;
    private boolean parked;
    private boolean alive = true;

    boolean isParked() {
        return parked;
    }

    boolean isAlive() {
        return alive;
    }

    /** Runs a call until it ends or parks. */
    void run(Runnable call) {
        THREADS.execute(() -> {
            try {
                call.run();
            } catch (Killed e) {
                alive = false;
            } catch (RuntimeException | Error e) {
                failure = e;
            } finally {
                back.release();
            }
        });
        back.acquireUninterruptibly();
    }

    /** Lets a parked call go on until it ends or parks again. */
    void resume() {
        parked = false;
        go.release();
        back.acquireUninterruptibly();
    }

    /** Ends the process where it stands. */
    void kill() {
        alive = false;
        if (parked) {
            resume();
        }
    }

    /** Called by the call itself: the scheduler goes on, until it resumes or kills this one. */
    void park() {
        parked = true;
        back.release();
        go.acquireUninterruptibly();
        requireAlive();
    }

    void requireAlive() {
        if (!alive) {
            throw new Killed();
        }
    }

    /** What the call that ended failed with, null if it didn't. Told once. */
    @Nullable
    Throwable takeFailure() {
        Throwable taken = failure;
        failure = null;
        return taken;
    }
}
