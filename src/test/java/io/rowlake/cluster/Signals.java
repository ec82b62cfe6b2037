package io.rowlake.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Signals to single processes. */
public final class Signals {

    private Signals() {}

    /** The process stands still until {@link #proceed}. */
    public static void suspend(long pid) {
        send("-STOP", pid);
    }

    /** It goes on. */
    public static void proceed(long pid) {
        send("-CONT", pid);
    }

    private static void send(String signal, long pid) {
        try {
            new ProcessBuilder("kill", signal, Long.toString(pid))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
