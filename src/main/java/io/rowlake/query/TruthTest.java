package io.rowlake.query;

import io.rowlake.batch.ChangeBatch;

/** A question to a cell that a null answers as well: IS NULL, IS TRUE and the like. Failures stay failures. */
final class TruthTest implements Evaluator {

    /** The answer for a row that doesn't fail. */
    interface Question {
        boolean ask(Cells cells, int row);
    }

    private final Evaluator operand;
    private final Question question;
    private final Cells cells = new Cells();

    TruthTest(Evaluator operand, Question question) {
        this.operand = operand;
        this.question = question;
    }

    @Override
    public Kind kind() {
        return Kind.BOOLEAN;
    }

    @Override
    public Cells evaluate(ChangeBatch rows) {
        Cells from = operand.evaluate(rows);
        cells.begin(rows.rows(), Kind.BOOLEAN);
        for (int row = 0; row < rows.rows(); row++) {
            if (from.isBad(row)) {
                cells.setAbsent(row, from);
            } else {
                cells.setTruth(row, question.ask(from, row));
            }
        }
        return cells;
    }
}
