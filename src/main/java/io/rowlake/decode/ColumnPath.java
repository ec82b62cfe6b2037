package io.rowlake.decode;

/**
 * Where in a schema an error stands.
 *
 * @param text names from the row inwards, empty for the row itself
 */
record ColumnPath(String text) {

    static final ColumnPath ROW = new ColumnPath("");

    ColumnPath field(String name) {
        return text.isEmpty() ? new ColumnPath(name) : new ColumnPath(text + "." + name);
    }

    /** The elements of a list, or the values of a map. */
    ColumnPath elements() {
        return new ColumnPath(text + "[]");
    }

    @Override
    public String toString() {
        return text.isEmpty() ? "the schema" : "column '" + text + "'";
    }
}
