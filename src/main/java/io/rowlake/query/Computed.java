package io.rowlake.query;

import io.rowlake.batch.ChangeBatch;
import io.rowlake.batch.ColumnBuilder;
import io.rowlake.batch.ValueAppender;
import io.rowlake.event.Column;
import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.Scalar;
import java.util.Arrays;
import org.apache.arrow.vector.FieldVector;

/** An expression whose values are computed. */
record Computed(Evaluator evaluator, Scalar scalar) implements Expression {

    @Override
    public ColumnType type() {
        return scalar;
    }

    @Override
    public FieldVector column(ChangeBatch rows, Column output, RowErrors errors) {
        Cells cells = evaluator.evaluate(rows);
        ColumnBuilder builder = rows.newColumn(output);
        ValueAppender values = builder.values();
        for (int row = 0; row < rows.rows(); row++) {
            if (cells.isValue(row)) {
                append(cells, row, values);
            } else {
                values.appendNull();
                if (cells.isBad(row)) {
                    errors.add(row, "column '" + output.name() + "' of the query", cells.reason(row));
                }
            }
        }
        return builder.build();
    }

    private void append(Cells cells, int row, ValueAppender values) {
        switch (scalar) {
            case BOOLEAN -> values.appendBoolean(cells.isTrue(row));
            case DOUBLE, FLOAT -> values.appendDouble(cells.fraction(row));
            case STRING, JSON, VARIANT, UUID, BINARY ->
                values.appendBytes(cells.array(row), cells.start(row), cells.length(row));
            case INT, LONG, DATE, TIME, TIMESTAMP, LOCAL_TIMESTAMP, TIMESTAMP_NANO, LOCAL_TIMESTAMP_NANO ->
                values.appendLong(cells.whole(row));
        }
    }

    /** The rows for which a condition is true. A change without an after-image has nothing to be asked, and is kept. */
    int[] matches(ChangeBatch rows, RowErrors errors) {
        Cells cells = evaluator.evaluate(rows);
        int[] matching = new int[rows.rows()];
        int count = 0;
        for (int row = 0; row < rows.rows(); row++) {
            if (cells.isTrue(row) || !rows.operation(row).hasAfterImage()) {
                matching[count++] = row;
            } else if (cells.isBad(row)) {
                errors.add(row, "the condition of the query", cells.reason(row));
            }
        }
        return Arrays.copyOf(matching, count);
    }
}
