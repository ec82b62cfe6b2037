package io.rowlake.sink;

/**
 * The destination can't be reached or is busy: trying again may help. What was staged is unharmed and stays staged,
 * unless {@link TableSink#discard} is called.
 */
public final class RetriableSinkException extends RuntimeException {

    public RetriableSinkException(String message, Throwable cause) {
        super(message, cause);
    }
}
