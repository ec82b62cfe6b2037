package io.rowlake.query;

import io.rowlake.batch.ChangeBatch;
import io.rowlake.event.Column;
import io.rowlake.event.ColumnType;
import org.apache.arrow.vector.FieldVector;

/** A part of a query that has a type. Not safe for several threads. */
interface Expression {

    ColumnType type();

    /** A column of its values, which is the batch's to close. Rows on which it fails are null, and told of. */
    FieldVector column(ChangeBatch rows, Column output, RowErrors errors);
}
