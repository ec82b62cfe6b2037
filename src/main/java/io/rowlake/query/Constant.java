package io.rowlake.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rowlake.batch.ChangeBatch;
import java.util.function.ObjIntConsumer;

/** One value for all rows. */
final class Constant implements Evaluator {

    private final Kind kind;
    private final ObjIntConsumer<Cells> value;
    private final Cells cells = new Cells();

    /**
     * @param value puts the value into a row of cells
     */
    Constant(Kind kind, ObjIntConsumer<Cells> value) {
        this.kind = kind;
        this.value = value;
    }

    static Constant text(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return new Constant(Kind.TEXT, (cells, row) -> cells.setBytes(row, bytes, 0, bytes.length));
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public Cells evaluate(ChangeBatch rows) {
        cells.begin(rows.rows(), kind);
        for (int row = 0; row < rows.rows(); row++) {
            value.accept(cells, row);
        }
        return cells;
    }
}
