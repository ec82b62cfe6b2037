package io.rowlake.query;

/** The text of a query, for errors that point at a place in it. */
record QueryText(String sql) {

    private static final int SHOWN = 70;
    private static final int SHOWN_BEFORE = 30;

    /** An error about what begins at a place, in characters from 0. */
    QueryException error(int at, String reason) {
        int begin = Math.max(0, Math.min(at - SHOWN_BEFORE, sql.length() - SHOWN));
        int end = Math.min(sql.length(), begin + SHOWN);
        String shown = sql.substring(begin, end).replaceAll("\\s", " ");
        return new QueryException("Cannot run query: " + reason + ", at character " + (at + 1) + ":\n  " + shown
                + "\n  " + " ".repeat(Math.max(0, at - begin)) + "^");
    }
}
