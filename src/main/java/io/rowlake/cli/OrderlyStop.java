package io.rowlake.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tells the thread that holds resources of the end of this JVM, as by Ctrl-C, and delays the end until that thread has
 * released them.
 */
final class OrderlyStop implements AutoCloseable {

    private static final Duration RELEASE_LIMIT = Duration.ofSeconds(40);

    private final AtomicBoolean requested = new AtomicBoolean();
    private final CountDownLatch released = new CountDownLatch(1);
    private final Thread hook;

    /** How the thread learns that it has to end. */
    enum Manner {
        /** It is woken from whatever it waits for. */
        INTERRUPT,
        /** It looks at {@link #isRequested()} now and then, so that nothing that it writes breaks off midway. */
        ASK
    }

    /** Guards the calling thread until {@link #close()}. */
    OrderlyStop(Manner manner) {
        Thread owner = Thread.currentThread();
        this.hook = new Thread(() -> stop(owner, manner), "orderly-stop");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Whether the JVM is ending, so that a failure is only the consequence of that. */
    boolean isRequested() {
        return requested.get();
    }

    /** Called when everything is released. */
    @Override
    public void close() {
        released.countDown();
        if (!requested.get()) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }

    private void stop(Thread owner, Manner manner) {
        if (released.getCount() == 0) {
            return;
        }
        requested.set(true);
        if (manner == Manner.INTERRUPT) {
            owner.interrupt();
        }
        try {
            boolean inTime = released.await(RELEASE_LIMIT.toSeconds(), TimeUnit.SECONDS);
            if (!inTime) {
                System.err.println("The stop took longer than " + RELEASE_LIMIT.toSeconds() + " s");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
