package io.rowlake.sink.file;

import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.ListType;
import io.rowlake.event.ColumnType.Scalar;

/** What becomes of binary values, which neither JSON nor CSV can hold. */
public enum BinaryEncoding {
    /** Columns and struct fields of binary values, or of lists of them, are left out. */
    EXCLUDE,
    /** Base64 text with padding, by RFC 4648. */
    BASE64;

    boolean leavesOut(ColumnType type) {
        if (type instanceof ListType list) {
            return leavesOut(list.element());
        }
        return this == EXCLUDE && type == Scalar.BINARY;
    }
}
