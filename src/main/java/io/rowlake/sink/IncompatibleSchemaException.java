package io.rowlake.sink;

/** The destination can't take rows of a schema. Rows of another schema may still fit. */
public final class IncompatibleSchemaException extends SinkException {

    private static final long serialVersionUID = 1L;

    /** The message shows both schemas, and what in them doesn't go together. */
    public IncompatibleSchemaException(String message) {
        super(message);
    }
}
