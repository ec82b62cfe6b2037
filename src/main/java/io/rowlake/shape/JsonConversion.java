package io.rowlake.shape;

import io.rowlake.batch.ValueAppender;
import io.rowlake.event.ColumnType;
import org.apache.arrow.vector.VarCharVector;

/** Stub. */
record JsonConversion(VarCharVector texts, ColumnType target, Fields fields) implements Conversion {
    /** Stub. */
    enum Fields {
        PINNED,
        KNOWN
    }

    @Override
    public void append(int row, ValueAppender target) {
        target.appendNull();
    }
}
