package io.rowlake.query;

import io.rowlake.batch.ChangeBatch;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;

/** The values of a column, or of something in it. */
final class PathEvaluator implements Evaluator {

    private static final int UUID_BYTES = 16;

    private final ColumnPath path;
    private final Kind kind;
    private final Cells cells = new Cells();
    private byte[] pool = {};

    PathEvaluator(ColumnPath path, Kind kind) {
        this.path = path;
        this.kind = kind;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public Cells evaluate(ChangeBatch rows) {
        cells.begin(rows.rows(), kind);
        FieldVector root = rows.vector(path.column());
        FieldVector values = path.end(root);
        int[] positions = path.positions(root, rows.rows());
        Read read = reader(values);
        for (int row = 0; row < positions.length; row++) {
            if (positions[row] < 0) {
                cells.setNull(row);
            } else {
                read.read(row, positions[row]);
            }
        }
        return cells;
    }

    private interface Read {
        void read(int row, int position);
    }

    private Read reader(FieldVector vector) {
        if (vector instanceof BitVector bits) {
            return (row, position) -> cells.setTruth(row, bits.get(position) != 0);
        }
        if (vector instanceof Float4Vector floats) {
            return (row, position) -> cells.setFraction(row, floats.get(position));
        }
        if (vector instanceof Float8Vector doubles) {
            return (row, position) -> cells.setFraction(row, doubles.get(position));
        }
        if (vector instanceof DecimalVector decimals) {
            return (row, position) -> cells.setDecimal(row, decimals.getObjectNotNull(position));
        }
        if (vector instanceof FixedSizeBinaryVector) {
            fillPool(vector.getDataBuffer(), (long) vector.getValueCount() * UUID_BYTES);
            return (row, position) -> cells.setBytes(row, pool, position * UUID_BYTES, UUID_BYTES);
        }
        return vector instanceof BaseVariableWidthVector texts ? bytes(texts) : wholes((BaseFixedWidthVector) vector);
    }

    private Read bytes(BaseVariableWidthVector vector) {
        int count = vector.getValueCount();
        fillPool(vector.getDataBuffer(), count == 0 ? 0 : vector.getEndOffset(count - 1));
        return (row, position) -> {
            int start = vector.getStartOffset(position);
            cells.setBytes(row, pool, start, vector.getEndOffset(position) - start);
        };
    }

    private Read wholes(BaseFixedWidthVector vector) {
        ArrowBuf data = vector.getDataBuffer();
        return vector.getTypeWidth() == Integer.BYTES
                ? (row, position) -> cells.setWhole(row, data.getInt((long) position * Integer.BYTES))
                : (row, position) -> cells.setWhole(row, data.getLong((long) position * Long.BYTES));
    }

    /** One copy of all bytes of the column spares an array for each value. */
    private void fillPool(ArrowBuf data, long length) {
        if (pool.length < length) {
            pool = new byte[Math.toIntExact(length)];
        }
        if (length > 0) {
            data.getBytes(0, pool, 0, (int) length);
        }
    }
}
