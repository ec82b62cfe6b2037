package io.rowlake.query;

import io.rowlake.batch.ChangeBatch;
import io.rowlake.event.Column;
import io.rowlake.event.ColumnType;
import org.apache.arrow.vector.FieldVector;

/** A column, or something within it, as it is. */
record Taken(ColumnPath path) implements Expression {

    @Override
    public ColumnType type() {
        return path.type();
    }

    /** Whether it is all of a column. */
    boolean isWhole() {
        return path.turns().isEmpty();
    }

    @Override
    public FieldVector column(ChangeBatch rows, Column output, RowErrors errors) {
        FieldVector root = rows.vector(path.column());
        return rows.copy(output, path.end(root), path.positions(root, rows.rows()));
    }
}
