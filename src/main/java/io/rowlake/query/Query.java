package io.rowlake.query;

import io.rowlake.event.TableSchema;

/**
 * Which columns and rows of a topic are taken, as in {@code SELECT label, width / height AS ratio WHERE width > 500}.
 * Immutable, and the same as another of the same text.
 *
 * <p>Values are computed as docs/query.md says: three-valued logic, exact whole numbers, and a failure of a row counts only
 * if it reaches the result.
 */
public final class Query {

    private final QueryText text;
    private final SelectList selectList;

    private Query(QueryText text, SelectList selectList) {
        this.text = text;
        this.selectList = selectList;
    }

    /**
     * Reads a query. What columns there are is not known yet.
     *
     * @throws QueryException if it is none; the message points at the place
     */
    public static Query parse(String sql) {
        var text = new QueryText(sql);
        return new Query(text, QueryParser.parse(text));
    }

    public String text() {
        return text.sql();
    }

    /**
     * Gets ready for rows of a schema.
     *
     * @throws QueryException if it doesn't go with the columns; the message points at the place
     */
    public BoundQuery bind(TableSchema source, UnknownColumns unknown) {
        return Binding.bind(text, selectList, new SourceColumns(source, unknown, text));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Query that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text.sql();
    }

    /** What a name of no column is. */
    public enum UnknownColumns {
        /** An error. */
        REJECT,
        /** Null in every row: rows that have the column may yet come. */
        NULL
    }
}
