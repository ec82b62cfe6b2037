package io.rowlake.query;

import io.rowlake.batch.ChangeBatch;
import java.util.List;

/** OR of many conditions. One that is true makes failures of the others without effect. */
final class AnyOf implements Evaluator {

    private final List<Evaluator> conditions;
    private final Cells cells = new Cells();

    /**
     * @param conditions one at least
     */
    AnyOf(List<Evaluator> conditions) {
        this.conditions = List.copyOf(conditions);
    }

    @Override
    public Kind kind() {
        return Kind.BOOLEAN;
    }

    @Override
    public Cells evaluate(ChangeBatch rows) {
        cells.begin(rows.rows(), Kind.BOOLEAN);
        for (int row = 0; row < rows.rows(); row++) {
            cells.setTruth(row, false);
        }
        for (Evaluator condition : conditions) {
            Cells next = condition.evaluate(rows);
            for (int row = 0; row < rows.rows(); row++) {
                if (next.isTrue(row)) {
                    cells.setTruth(row, true);
                } else if (!next.isValue(row) && !cells.isTrue(row) && !cells.isBad(row)) {
                    cells.setAbsent(row, next);
                }
            }
        }
        return cells;
    }
}
