package io.rowlake.decode;

/**
 * A schema can't be understood: of an event, or pinned in the configuration. The message names the column, says what was
 * found and what was expected, and stands for the reason in a message that names the event or the option.
 */
public final class SchemaException extends RuntimeException {

    SchemaException(String message) {
        super(message);
    }
}
