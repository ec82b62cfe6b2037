package io.rowlake.batch;

import io.rowlake.event.Column;
import org.apache.arrow.vector.FieldVector;

/**
 * Fills one column for the rows of a batch that is there already. Belongs to that batch, which releases what comes of it.
 */
public final class ColumnBuilder {

    private final ChangeBatch batch;
    private final Column column;
    private final VectorBuilder values;

    ColumnBuilder(ChangeBatch batch, Column column, BoundedAllocator memory) {
        this.batch = batch;
        this.column = column;
        this.values = column.type().accept(new VectorBuilders(memory));
    }

    public Column column() {
        return column;
    }

    /** Takes one value, or null, for each row of the batch in turn. No append of it throws {@link BatchFullException}. */
    public ValueAppender values() {
        return values;
    }

    /** How many values were appended. */
    public int count() {
        return values.count();
    }

    /** Takes back all values after the first {@code count}, and what was begun of a list or struct after them. */
    public void truncate(int count) {
        values.truncate(count);
    }

    /**
     * The column as a vector, which stays the batch's. The builder is of no more use.
     *
     * @throws IllegalStateException if there is not one value for each row
     */
    public FieldVector build() {
        if (values.count() != batch.rows()) {
            throw new IllegalStateException("Cannot build column '" + column.name() + "': it has " + values.count()
                    + " values for " + batch.rows() + " rows");
        }
        FieldVector vector = batch.own(ArrowFields.field(column));
        values.load(vector);
        values.release();
        return vector;
    }

    void release() {
        values.release();
    }
}
