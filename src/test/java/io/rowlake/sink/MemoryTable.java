package io.rowlake.sink;

import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePosition;
import io.rowlake.event.TableSchema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** A destination in memory: what is visible, and how far it came. Several sinks may write to one. */
public final class MemoryTable {

    private final List<SourcePosition> rows = new ArrayList<>();
    private SourceOffsets ledger = SourceOffsets.none();
    private Optional<TableSchema> schema = Optional.empty();

    /** Where the visible rows came from, in the order in which they were published. */
    public List<SourcePosition> rows() {
        return Collections.unmodifiableList(rows);
    }

    public SourceOffsets ledger() {
        return ledger;
    }

    /** As if somebody had gone back to an older state of the table. */
    public void rollbackTo(SourceOffsets older) {
        ledger = older;
        rows.removeIf(row -> older.next(row.partition()).orElse(0) <= row.offset());
    }

    Optional<TableSchema> schema() {
        return schema;
    }

    void publish(List<SourcePosition> added, SourceOffsets offsets, TableSchema newSchema) {
        rows.addAll(added);
        ledger = ledger.updatedWith(offsets);
        schema = Optional.of(newSchema);
    }
}
