package io.rowlake.sink;

/** The destination refuses, and trying again can't help: the task has to stop. */
public sealed class SinkException extends RuntimeException permits IncompatibleSchemaException, SourceResetException {

    private static final long serialVersionUID = 1L;

    public SinkException(String message) {
        super(message);
    }

    public SinkException(String message, Throwable cause) {
        super(message, cause);
    }
}
