package io.rowlake.sink.file;

import io.rowlake.batch.BatchMemory;
import io.rowlake.batch.Batches;
import io.rowlake.batch.ChangeBatch;
import io.rowlake.event.Column;
import io.rowlake.event.Operation;
import io.rowlake.event.SourcePartition;
import io.rowlake.event.SourcePosition;
import io.rowlake.event.TableSchema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of values, and the text that a format makes of them. */
final class FormatCase {

    private static final SourcePartition PARTITION = new SourcePartition("images", 0);

    private final TableSchema schema;
    private final List<@Nullable Object[]> rows = new ArrayList<>();

    FormatCase(Column... columns) {
        this.schema = new TableSchema(List.of(columns), List.of());
    }

    FormatCase row(@Nullable Object... values) {
        rows.add(values);
        return this;
    }

    /** The header and all rows. */
    String writtenAs(RowFormat format) {
        format.requireFit(schema);
        List<String> columns = format.columns(schema);
        var text = new StringBuilder(new String(format.header(columns), StandardCharsets.UTF_8));
        try (BatchMemory memory = new BatchMemory();
                ChangeBatch batch = batch(memory)) {
            RowFormat.EncodedRows encoded = format.bind(batch, columns);
            for (int row = 0; row < batch.rows(); row++) {
                text.append(encoded.row(row).text());
            }
        }
        return text.toString();
    }

    private ChangeBatch batch(BatchMemory memory) {
        Batches batch = Batches.of(memory, schema);
        for (int row = 0; row < rows.size(); row++) {
            batch.row(new SourcePosition(PARTITION, row), Operation.CREATE, rows.get(row));
        }
        return batch.build();
    }
}
