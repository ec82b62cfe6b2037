package io.rowlake.shape;

import io.rowlake.batch.ChangeBatch;
import io.rowlake.event.ColumnType;
import java.util.Optional;

/** Stub. */
record JsonColumn(String name, Optional<ColumnType> type) {
    void learn(ChangeBatch batch, int column, BadRows bad) {
        bad.contains(batch.rows() + column);
    }
}
