package io.rowlake.query;

import io.rowlake.batch.ChangeBatch;

/** Whether a list, struct or media value is there, as true or null. */
final class Presence implements Evaluator {

    private final ColumnPath path;
    private final Cells cells = new Cells();

    Presence(ColumnPath path) {
        this.path = path;
    }

    @Override
    public Kind kind() {
        return Kind.BOOLEAN;
    }

    @Override
    public Cells evaluate(ChangeBatch rows) {
        cells.begin(rows.rows(), Kind.BOOLEAN);
        int[] positions = path.positions(rows.vector(path.column()), rows.rows());
        for (int row = 0; row < positions.length; row++) {
            if (positions[row] < 0) {
                cells.setNull(row);
            } else {
                cells.setTruth(row, true);
            }
        }
        return cells;
    }
}
