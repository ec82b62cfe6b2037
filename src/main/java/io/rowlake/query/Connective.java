package io.rowlake.query;

import io.rowlake.batch.ChangeBatch;

/** AND and OR of three-valued logic. One side that decides makes a failure of the other without effect. */
final class Connective implements Evaluator {

    private final boolean deciding;
    private final Evaluator left;
    private final Evaluator right;
    private final Cells cells = new Cells();

    /**
     * @param deciding the value of one side that decides: false for AND, true for OR
     */
    Connective(boolean deciding, Evaluator left, Evaluator right) {
        this.deciding = deciding;
        this.left = left;
        this.right = right;
    }

    @Override
    public Kind kind() {
        return Kind.BOOLEAN;
    }

    @Override
    public Cells evaluate(ChangeBatch rows) {
        Cells a = left.evaluate(rows);
        Cells b = right.evaluate(rows);
        cells.begin(rows.rows(), Kind.BOOLEAN);
        for (int row = 0; row < rows.rows(); row++) {
            if (decides(a, row) || decides(b, row)) {
                cells.setTruth(row, deciding);
            } else if (a.isValue(row) && b.isValue(row)) {
                cells.setTruth(row, !deciding);
            } else {
                cells.setAbsent(row, a.isBad(row) || b.isValue(row) ? a : b);
            }
        }
        return cells;
    }

    private boolean decides(Cells side, int row) {
        return deciding ? side.isTrue(row) : side.isFalse(row);
    }
}
