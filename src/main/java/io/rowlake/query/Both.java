package io.rowlake.query;

import io.rowlake.batch.ChangeBatch;

/** A value computed from two others, row by row. */
final class Both implements Evaluator {

    /** Puts the result for two cells into the row of the last cells. */
    interface Step {
        void compute(Cells left, Cells right, Cells to, int row);
    }

    private final Kind kind;
    private final Evaluator left;
    private final Evaluator right;
    private final Step step;
    private final Cells cells = new Cells();

    /**
     * @param step takes cells of every state
     */
    Both(Kind kind, Evaluator left, Evaluator right, Step step) {
        this.kind = kind;
        this.left = left;
        this.right = right;
        this.step = step;
    }

    /** Null where one of the two is; a failure of one is one of the whole. */
    static Both values(Kind kind, Evaluator left, Evaluator right, Step step) {
        return new Both(kind, left, right, (a, b, to, row) -> {
            if (a.isValue(row) && b.isValue(row)) {
                step.compute(a, b, to, row);
            } else {
                to.setAbsent(row, a.isBad(row) || b.isValue(row) ? a : b);
            }
        });
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public Cells evaluate(ChangeBatch rows) {
        Cells a = left.evaluate(rows);
        Cells b = right.evaluate(rows);
        cells.begin(rows.rows(), kind);
        for (int row = 0; row < rows.rows(); row++) {
            step.compute(a, b, cells, row);
        }
        return cells;
    }
}
