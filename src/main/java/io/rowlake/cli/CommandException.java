package io.rowlake.cli;

import io.rowlake.query.QueryException;

/** A command cannot go on. The message is for the person at the terminal and is shown without a stack trace. */
public final class CommandException extends RuntimeException {

    public CommandException(String message) {
        super(message);
    }

    public CommandException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The message of an exception, or of the innermost cause that has one, in one line; of a query with its place. */
    static String reason(Throwable failure) {
        String reason = failure.getClass().getSimpleName();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof QueryException query) {
                return String.valueOf(query.getMessage());
            }
            if (cause.getMessage() != null) {
                reason = cause.getMessage();
            }
        }
        return reason.lines().findFirst().orElse(reason);
    }
}
