package io.rowlake.shape;

import io.rowlake.batch.ChangeBatch;
import io.rowlake.batch.ColumnBuilder;
import io.rowlake.event.Column;
import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.MediaType;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.StructVector;

/** Shapes the batches of one table. Remembers what it has met of JSON. Not safe for several threads. */
public final class Shaper {

    private final ShapeSettings settings;

    public Shaper(ShapeSettings settings) {
        this.settings = settings;
    }

    /**
     * The columns that batches of a source schema will have as far as that is known before their values are. Columns of
     * JSON whose values had no type yet are left out.
     *
     * @param destination the columns that the destination has, empty if it isn't there yet
     * @throws IllegalArgumentException if the schema can't be shaped as the settings ask for
     */
    public TableSchema plan(TableSchema source, Optional<TableSchema> destination) {
        return new TableSchema(
                source.columns().stream()
                        .map(column -> column.withType(type(column.type())))
                        .toList(),
                source.primaryKey());
    }

    /**
     * The batch with the columns that the destination is to keep. Uses the batch up.
     *
     * @param destination as for {@link #plan}
     * @param reconcile from the columns that the batch could have to those in which the destination takes them, which are
     *     the same or wider
     * @throws io.rowlake.event.MalformedEventsException if values don't fit; the batch is then the caller's to close
     */
    public ChangeBatch apply(
            ChangeBatch batch, Optional<TableSchema> destination, UnaryOperator<TableSchema> reconcile) {
        TableSchema target = reconcile.apply(plan(batch.schema(), destination));
        List<FieldVector> vectors = new ArrayList<>();
        for (int i = 0; i < target.columns().size(); i++) {
            Column column = target.columns().get(i);
            ColumnType from = batch.schema().columns().get(i).type();
            vectors.add(from.equals(column.type()) ? batch.vector(i) : converted(batch, i, column));
        }
        return batch.withColumns(target, vectors);
    }

    private ColumnType type(ColumnType source) {
        if (source instanceof MediaType) {
            return Scalar.STRING;
        }
        return source == Scalar.DOUBLE && settings.floatWidth() == ShapeSettings.FloatWidth.FLOAT
                ? Scalar.FLOAT
                : source;
    }

    private static FieldVector converted(ChangeBatch batch, int index, Column target) {
        ColumnBuilder builder = batch.newColumn(target);
        FieldVector source = batch.vector(index);
        for (int row = 0; row < batch.rows(); row++) {
            if (source.isNull(row)) {
                builder.values().appendNull();
            } else if (source instanceof StructVector media) {
                byte[] url = ((VarCharVector) media.getChild("fileurl")).get(row);
                builder.values().appendBytes(url, 0, url.length);
            } else {
                builder.values().appendDouble(((Number) source.getObject(row)).doubleValue());
            }
        }
        return builder.build();
    }
}
