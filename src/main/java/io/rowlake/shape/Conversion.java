package io.rowlake.shape;

import io.rowlake.batch.ValueAppender;

/** Takes the values of one vector to a column of another type. Has no state of a value. */
interface Conversion {

    /**
     * Appends the value of a row, or null where there is none.
     *
     * @throws MisfitException if the value doesn't fit the column; a part of it may be appended
     */
    void append(int row, ValueAppender target);
}
