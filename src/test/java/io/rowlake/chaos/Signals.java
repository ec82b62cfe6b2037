package io.rowlake.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Stops a process in its tracks, and lets it go on as if nothing had been. */
final class Signals {

    private Signals() {}

    static void freeze(long pid) {
        send("-STOP", pid);
    }

    static void resume(long pid) {
        send("-CONT", pid);
    }

    private static void send(String signal, long pid) {
        try {
            new ProcessBuilder("kill", signal, String.valueOf(pid)).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
