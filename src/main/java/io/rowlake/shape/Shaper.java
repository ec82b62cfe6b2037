package io.rowlake.shape;

import io.rowlake.batch.ChangeBatch;
import io.rowlake.batch.ColumnBuilder;
import io.rowlake.event.Column;
import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.TableSchema;
import io.rowlake.shape.MediaSettings.Reference;
import io.rowlake.shape.ShapeSettings.FloatWidth;
import io.rowlake.shape.ShapeSettings.JsonMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.arrow.vector.FieldVector;

/**
 * Shapes the batches of one table. Remembers what types the values of JSON columns had. Not safe for several threads, but
 * for {@link #localReferences}.
 */
public final class Shaper {

    private final ShapeSettings settings;
    private final MediaReferences references;
    private final Map<String, JsonColumn> jsonColumns = new HashMap<>();

    public Shaper(ShapeSettings settings) {
        this.settings = settings;
        this.references = new MediaReferences(settings.media());
    }

    /** How many references to media were written that only one machine can open, though others read the destination. */
    public long localReferences() {
        return references.local();
    }

    /**
     * Looks whether the settings name columns that are there.
     *
     * @throws IllegalArgumentException if an override is of a column that the source doesn't have
     */
    public void requireColumns(TableSchema source) {
        settings.overrides().requireColumnsOf(source);
    }

    /**
     * The columns that batches of a source schema will have as far as that is known before their values are. Columns of
     * JSON whose values had no type yet are left out.
     *
     * @param destination the columns that the destination has, empty if it isn't there yet
     * @throws IllegalArgumentException if a column can't have the type that it is to have
     */
    public TableSchema plan(TableSchema source, Optional<TableSchema> destination) {
        List<Column> columns = new ArrayList<>();
        for (Column column : source.columns()) {
            type(column, typeIn(destination, column)).ifPresent(type -> columns.add(column.withType(type)));
        }
        List<String> names = columns.stream().map(Column::name).toList();
        return new TableSchema(columns, names.containsAll(source.primaryKey()) ? source.primaryKey() : List.of());
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
        var bad = new BadRows(batch);
        learn(batch, destination, bad);
        bad.requireNone();
        TableSchema target = reconcile.apply(plan(batch.schema(), destination));
        List<FieldVector> vectors = new ArrayList<>();
        for (Column column : target.columns()) {
            int index = batch.schema().indexOf(column.name());
            ColumnType from = batch.schema().columns().get(index).type();
            vectors.add(from.equals(column.type()) ? batch.vector(index) : converted(batch, index, column, bad));
        }
        bad.requireNone();
        return batch.withColumns(target, vectors);
    }

    /** Begins anew with the destination's types: the rows that taught others are not in it, or it was changed. */
    public void forget() {
        jsonColumns.clear();
    }

    private void learn(ChangeBatch batch, Optional<TableSchema> destination, BadRows bad) {
        List<Column> columns = batch.schema().columns();
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            Optional<ColumnType> there = typeIn(destination, column);
            if (isReduced(column, there)) {
                json(column, there).learn(batch, i, bad);
            }
        }
    }

    private static Optional<ColumnType> typeIn(Optional<TableSchema> destination, Column column) {
        return destination.flatMap(table -> table.column(column.name())).map(Column::type);
    }

    /** The type that a column is to have, empty if that is not known before it has values. */
    private Optional<ColumnType> type(Column column, Optional<ColumnType> destination) {
        Optional<ColumnType> pinned = settings.overrides().of(column.name());
        if (pinned.isPresent()) {
            requireConvertible(column, pinned.get());
            return pinned;
        }
        if (column.type() == Scalar.JSON) {
            return jsonType(column, destination);
        }
        if (column.type() == Scalar.DOUBLE && settings.floatWidth() == FloatWidth.FLOAT) {
            return Optional.of(Scalar.FLOAT);
        }
        Reference reference = settings.media().of(column.name());
        return Optional.of(Conversions.withoutMedia(column.type(), reference).orElse(column.type()));
    }

    private Optional<ColumnType> jsonType(Column column, Optional<ColumnType> there) {
        if (isReduced(column, there)) {
            return json(column, there).type();
        }
        return Optional.of(there.filter(Shaper::isWholeJson)
                .orElse(settings.json() == JsonMode.STRING ? Scalar.JSON : Scalar.VARIANT));
    }

    /** Whether a column becomes what its values have in common. A table that keeps JSON as it is goes on with that. */
    private boolean isReduced(Column column, Optional<ColumnType> there) {
        boolean wantsParts =
                settings.json() == JsonMode.STRUCT || (settings.json() == JsonMode.VARIANT && there.isPresent());
        return column.type() == Scalar.JSON
                && wantsParts
                && there.filter(Shaper::isWholeJson).isEmpty()
                && settings.overrides().of(column.name()).isEmpty();
    }

    private static boolean isWholeJson(ColumnType type) {
        return type == Scalar.JSON || type == Scalar.VARIANT;
    }

    private JsonColumn json(Column column, Optional<ColumnType> there) {
        return jsonColumns.computeIfAbsent(column.name(), name -> new JsonColumn(name, there.or(column::declared)));
    }

    private static void requireConvertible(Column column, ColumnType pinned) {
        if (!Conversions.exist(column.type(), pinned)) {
            throw new IllegalArgumentException("schema.overrides must give column '" + column.name()
                    + "' a type that its values can be taken to but gives " + column.type() + " the type "
                    + TypeText.of(pinned));
        }
    }

    private FieldVector converted(ChangeBatch batch, int index, Column target, BadRows bad) {
        Column source = batch.schema().columns().get(index);
        boolean isPinned = settings.overrides().of(source.name()).isPresent();
        Conversion conversion = new Conversions(
                        source.name(),
                        settings.media().of(source.name()),
                        references,
                        isPinned ? JsonConversion.Fields.PINNED : JsonConversion.Fields.KNOWN)
                .of(batch.vector(index), source.type(), target.type());
        ColumnBuilder builder = batch.newColumn(target);
        for (int row = 0; row < batch.rows(); row++) {
            try {
                conversion.append(row, builder.values());
            } catch (MisfitException misfit) {
                builder.truncate(row);
                builder.values().appendNull();
                bad.add(row, source.name(), misfit.with(isPinned ? note(target.type()) : widthHint(source, target)));
            }
        }
        return builder.build();
    }

    private static String widthHint(Column source, Column target) {
        return source.type() == Scalar.DOUBLE && target.type() == Scalar.FLOAT
                ? " (to keep 64 bits, set types.float=double before the table is made, or widen the table's column to"
                        + " double)"
                : "";
    }

    private static String note(ColumnType type) {
        return " (schema.overrides gives the column the type " + TypeText.of(type) + ")";
    }
}
