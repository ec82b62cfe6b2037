package io.rowlake.query;

import io.rowlake.batch.ChangeBatch;
import org.jspecify.annotations.Nullable;

/** An operand that stands in several places, and is computed once a batch. */
final class Shared implements Evaluator {

    private final Evaluator operand;
    private @Nullable ChangeBatch last;
    private @Nullable Cells cells;

    Shared(Evaluator operand) {
        this.operand = operand;
    }

    @Override
    public Kind kind() {
        return operand.kind();
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // Batches have no other identity.
    public Cells evaluate(ChangeBatch rows) {
        Cells known = cells;
        if (known == null || rows != last) {
            known = operand.evaluate(rows);
            cells = known;
            last = rows;
        }
        return known;
    }
}
