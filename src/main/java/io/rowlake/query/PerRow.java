package io.rowlake.query;

import io.rowlake.batch.ChangeBatch;

/** A value computed from one other, row by row. What is null or fails stays so. */
final class PerRow implements Evaluator {

    /** Puts the result for a value that is there into the row of the other cells. */
    interface Step {
        void compute(Cells from, Cells to, int row);
    }

    private final Kind kind;
    private final Evaluator operand;
    private final Step step;
    private final Cells cells = new Cells();

    PerRow(Kind kind, Evaluator operand, Step step) {
        this.kind = kind;
        this.operand = operand;
        this.step = step;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public Cells evaluate(ChangeBatch rows) {
        Cells from = operand.evaluate(rows);
        cells.begin(rows.rows(), kind);
        for (int row = 0; row < rows.rows(); row++) {
            if (from.isValue(row)) {
                step.compute(from, cells, row);
            } else {
                cells.setAbsent(row, from);
            }
        }
        return cells;
    }
}
