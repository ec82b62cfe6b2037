package io.rowlake.batch;

import org.apache.arrow.vector.FieldVector;

/** A column under construction: the buffers of the Arrow vector to be. */
sealed interface VectorBuilder extends ValueAppender
        permits BooleanBuilder, FixedWidthBuilder, ListBuilder, StructBuilder, VariableWidthBuilder {

    /** How many values were appended. */
    int count();

    /** Takes back all values after the first {@code count}. */
    void truncate(int count);

    /** Hands the buffers to an empty vector of the column's type. */
    void load(FieldVector target);

    void release();
}
