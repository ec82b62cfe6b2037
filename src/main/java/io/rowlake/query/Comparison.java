package io.rowlake.query;

import io.rowlake.query.Syntax.ComparisonOperator;

/** Whether two values stand in an order. A JSON value of another kind is unequal, and has no order. */
record Comparison(ComparisonOperator operator, CellOrder order) implements Both.Step {

    @Override
    public void compute(Cells left, Cells right, Cells to, int row) {
        if (left.isValue(row) && right.isValue(row)) {
            to.setTruth(row, holds(order.compare(left, right, row)));
        } else {
            computeAbsent(left, right, to, row);
        }
    }

    private void computeAbsent(Cells left, Cells right, Cells to, int row) {
        if (fails(left, row) || fails(right, row)) {
            to.setAbsent(row, fails(left, row) ? left : right);
        } else if (left.isNull(row) || right.isNull(row)) {
            to.setNull(row);
        } else if (operator == ComparisonOperator.EQUAL || operator == ComparisonOperator.NOT_EQUAL) {
            to.setTruth(row, operator == ComparisonOperator.NOT_EQUAL);
        } else {
            to.setAbsent(row, left.isOtherKind(row) ? left : right);
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
