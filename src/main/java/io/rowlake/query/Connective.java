package io.rowlake.query;

/**
 * AND and OR of three-valued logic. One side that decides makes a failure of the other without effect.
 *
 * @param deciding the value of one side that decides: false for AND, true for OR
 */
record Connective(boolean deciding) implements Both.Step {

    @Override
    public void compute(Cells left, Cells right, Cells to, int row) {
        if (decides(left, row) || decides(right, row)) {
            to.setTruth(row, deciding);
        } else if (left.isValue(row) && right.isValue(row)) {
            to.setTruth(row, !deciding);
        } else {
            to.setAbsent(row, left.isBad(row) || right.isValue(row) ? left : right);
        }
    }

    private boolean decides(Cells side, int row) {
        return deciding ? side.isTrue(row) : side.isFalse(row);
    }
}
