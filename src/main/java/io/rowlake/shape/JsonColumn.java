package io.rowlake.shape;

import io.rowlake.batch.ChangeBatch;
import io.rowlake.event.ColumnType;
import java.util.Optional;
import org.apache.arrow.vector.VarCharVector;

/** The type that all values of one column of JSON have in common, as it grows with what comes. */
final class JsonColumn {

    private final String name;
    private final JsonLearning learning = new JsonLearning();
    private final JsonNodeType root;

    /** Begins with the type that the table has, or that the source declares. */
    JsonColumn(String name, Optional<ColumnType> known) {
        this.name = name;
        this.root = known.map(type -> JsonNodeType.known(learning, type)).orElseGet(() -> new JsonNodeType(learning));
    }

    /** Empty while only nulls, empty objects and empty lists came. */
    Optional<ColumnType> type() {
        return root.type();
    }

    /** Takes the values of a batch into account. Rows without a type in common with those before are bad. */
    void learn(ChangeBatch batch, int column, BadRows bad) {
        root.settle();
        var texts = new JsonTexts((VarCharVector) batch.vector(column));
        for (int row = 0; row < batch.rows(); row++) {
            if (!texts.isNull(row) && !bad.contains(row)) {
                learn(texts, row, bad);
            }
        }
    }

    private void learn(JsonTexts texts, int row, BadRows bad) {
        try {
            texts.read(row, parser -> root.merge(parser, 1));
            learning.keep();
        } catch (MisfitException misfit) {
            learning.undo();
            bad.add(row, name, misfit);
        }
    }
}
