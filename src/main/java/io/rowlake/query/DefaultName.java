package io.rowlake.query;

/** The names of output columns that a query gives none, as Pixeltable's. */
final class DefaultName {

    private DefaultName() {}

    /** A column's own name, that of a path with its steps, as in {@code video_fileurl}, or else {@code col_2}. */
    static String of(Syntax value, int position) {
        if (!(value instanceof Syntax.Name name)) {
            return "col_" + position;
        }
        var text = new StringBuilder(name.column());
        for (Syntax.Step step : name.path()) {
            text.append('_').append(step instanceof Syntax.Key key ? key.name() : ((Syntax.Index) step).index());
        }
        return text.toString();
    }
}
