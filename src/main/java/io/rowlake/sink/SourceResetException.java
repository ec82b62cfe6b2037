package io.rowlake.sink;

/**
 * The source's offsets stand for other records than they did, as after a topic was deleted and created anew. Only a person
 * can tell what is to become of that, so it isn't tried again.
 */
public final class SourceResetException extends SinkException {

    private static final long serialVersionUID = 1L;

    /** The message says which offsets, and what can be done. */
    public SourceResetException(String message) {
        super(message);
    }
}
