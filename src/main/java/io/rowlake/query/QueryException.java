package io.rowlake.query;

/** A query that can't be read, or doesn't go with the columns. The message points at the place. */
public final class QueryException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    QueryException(String message) {
        super(message);
    }
}
