package io.rowlake.sink;

/** The destination refuses, and trying again can't help: the task has to stop. */
public final class SinkException extends RuntimeException {

    public SinkException(String message) {
        super(message);
    }

    public SinkException(String message, Throwable cause) {
        super(message, cause);
    }
}
