package io.rowlake.sink.iceberg;

import io.rowlake.batch.ChangeBatch;
import io.rowlake.event.TableSchema;
import java.util.List;
import java.util.stream.Stream;
import org.apache.iceberg.FieldMetrics;
import org.apache.iceberg.Schema;
import org.apache.iceberg.parquet.ParquetValueWriter;
import org.apache.iceberg.parquet.TripleWriter;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/** Writes rows of batches of one schema to one Parquet file: value by value, without an object for a row. */
final class RowParquetWriter implements ParquetValueWriter<BatchRow> {

    private final List<StructWriter.Field> fields;
    private final TableSchema columns;
    private @Nullable ChangeBatch bound;

    RowParquetWriter(Schema schema, MessageType message, TableSchema columns) {
        this.columns = columns;
        this.fields = new VectorWriters(message).fields(schema.asStruct(), message, List.of(), columns.columns());
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // Batches have no equality; another one has other vectors.
    public void write(int repetitionLevel, BatchRow row) {
        if (row.batch() != bound) {
            bind(row.batch());
        }
        for (StructWriter.Field field : fields) {
            if (field.inBatch()) {
                field.writer().write(row.index(), repetitionLevel);
            } else {
                field.writer().writeMissing(repetitionLevel, 0);
            }
        }
    }

    /** None: the columns are written without Iceberg's own triple writers. */
    @Override
    public List<TripleWriter<?>> columns() {
        return List.of();
    }

    @Override
    public void setColumnStore(ColumnWriteStore store) {
        fields.forEach(field -> field.writer().setColumnStore(store));
    }

    @Override
    public Stream<FieldMetrics<?>> metrics() {
        return fields.stream().flatMap(field -> field.writer().metrics());
    }

    private void bind(ChangeBatch batch) {
        for (StructWriter.Field field : fields) {
            if (field.inBatch()) {
                field.writer().bind(batch.vector(columns.indexOf(field.name())));
            }
        }
        bound = batch;
    }
}
