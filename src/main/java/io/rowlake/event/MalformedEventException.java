package io.rowlake.event;

/**
 * This event is bad: it can't be read, or a value in it doesn't fit its column. Events before and after it are
 * unaffected; the connector sends it to the dead letter queue, or fails where errors are not tolerated.
 */
public final class MalformedEventException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient SourcePosition position;

    /** The reason says what was found, what was expected and, where it is known, how to mend it. */
    public MalformedEventException(SourcePosition position, String reason) {
        super("Cannot decode event at " + position + ": " + reason);
        this.position = position;
    }

    public MalformedEventException(SourcePosition position, String reason, Throwable cause) {
        super("Cannot decode event at " + position + ": " + reason, cause);
        this.position = position;
    }

    public SourcePosition position() {
        return position;
    }
}
