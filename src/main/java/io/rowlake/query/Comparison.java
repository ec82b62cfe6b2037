package io.rowlake.query;

import io.rowlake.batch.ChangeBatch;
import io.rowlake.query.Syntax.ComparisonOperator;

/** Whether two values stand in an order. A JSON value of another kind is unequal, and has no order. */
final class Comparison implements Evaluator {

    private final ComparisonOperator operator;
    private final Evaluator left;
    private final Evaluator right;
    private final CellOrder order;
    private final Cells cells = new Cells();

    Comparison(ComparisonOperator operator, Evaluator left, Evaluator right, CellOrder order) {
        this.operator = operator;
        this.left = left;
        this.right = right;
        this.order = order;
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
            if (a.isValue(row) && b.isValue(row)) {
                cells.setTruth(row, holds(order.compare(a, b, row)));
            } else {
                compareAbsent(a, b, row);
            }
        }
        return cells;
    }

    private void compareAbsent(Cells a, Cells b, int row) {
        if (fails(a, row) || fails(b, row)) {
            cells.setAbsent(row, fails(a, row) ? a : b);
        } else if (a.isNull(row) || b.isNull(row)) {
            cells.setNull(row);
        } else if (operator == ComparisonOperator.EQUAL || operator == ComparisonOperator.NOT_EQUAL) {
            cells.setTruth(row, operator == ComparisonOperator.NOT_EQUAL);
        } else {
            cells.setAbsent(row, a.isOtherKind(row) ? a : b);
        }
    }

    private static boolean fails(Cells side, int row) {
        return side.isBad(row) && !side.isOtherKind(row);
    }

    private boolean holds(int compared) {
        return switch (operator) {
            case EQUAL -> compared == 0;
            case NOT_EQUAL -> compared != 0;
            case LESS -> compared < 0;
            case LESS_OR_EQUAL -> compared <= 0;
            case GREATER -> compared > 0;
            case GREATER_OR_EQUAL -> compared >= 0;
        };
    }
}
