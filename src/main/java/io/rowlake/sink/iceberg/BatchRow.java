package io.rowlake.sink.iceberg;

import io.rowlake.batch.ChangeBatch;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * A place in a batch, moved from row to row. As a struct it shows the values by their position in the table's schema, for
 * the table's partition transforms.
 */
final class BatchRow implements StructLike {

    private final ChangeBatch batch;
    private final VectorStruct values;

    BatchRow(ChangeBatch batch, Schema schema) {
        this.batch = batch;
        List<@Nullable FieldVector> vectors = new ArrayList<>();
        for (Types.NestedField field : schema.columns()) {
            int column = batch.schema().indexOf(field.name());
            vectors.add(column < 0 ? null : batch.vector(column));
        }
        this.values = new VectorStruct(schema.asStruct(), vectors);
    }

    ChangeBatch batch() {
        return batch;
    }

    int index() {
        return values.index();
    }

    BatchRow at(int row) {
        values.at(row);
        return this;
    }

    @Override
    public int size() {
        return values.size();
    }

    @Override
    public <T> @Nullable T get(int position, Class<T> javaClass) {
        return values.get(position, javaClass);
    }

    @Override
    public <T> void set(int position, T value) {
        values.set(position, value);
    }
}
