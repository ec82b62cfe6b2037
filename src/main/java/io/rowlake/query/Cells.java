package io.rowlake.query;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The values of an expression, one a row, in arrays that are used again for the next batch. Booleans, whole numbers and
 * times are longs; texts, JSON and UUIDs are ranges of bytes. Not safe for several threads.
 */
final class Cells {

    /** What stands in a row. */
    private enum State {
        VALUE,
        NULL,
        /** The expression fails on this row. */
        BAD,
        /** A JSON value of another kind than is asked for: unequal to every value, and else a failure. */
        OTHER_KIND
    }

    private static final byte[] NO_BYTES = {};

    private int rows;
    private State[] states = {};
    private long[] longs = {};
    private double[] doubles = {};
    private BigDecimal[] decimals = {};
    private byte[][] arrays = {};
    private int[] starts = {};
    private int[] lengths = {};
    private final Map<Integer, String> reasons = new HashMap<>();

    /** Makes room; what stood in the rows is of no meaning any more. */
    Cells begin(int newRows, Kind kind) {
        rows = newRows;
        reasons.clear();
        if (states.length < newRows) {
            states = new State[newRows];
        }
        switch (kind) {
            case FRACTION -> doubles = doubles.length < newRows ? new double[newRows] : doubles;
            case DECIMAL -> decimals = decimals.length < newRows ? new BigDecimal[newRows] : decimals;
            case TEXT, UUID, BINARY, JSON -> beginBytes(newRows);
            case BOOLEAN, WHOLE, DATE, TIME, TIMESTAMP, LOCAL_TIMESTAMP, TIMESTAMP_NANO, LOCAL_TIMESTAMP_NANO ->
                longs = longs.length < newRows ? new long[newRows] : longs;
            case NULL -> Arrays.fill(states, 0, newRows, State.NULL);
        }
        return this;
    }

    private void beginBytes(int newRows) {
        if (arrays.length < newRows) {
            arrays = new byte[newRows][];
            Arrays.fill(arrays, NO_BYTES);
            starts = new int[newRows];
            lengths = new int[newRows];
        }
    }

    int rows() {
        return rows;
    }

    boolean isValue(int row) {
        return states[row] == State.VALUE;
    }

    boolean isNull(int row) {
        return states[row] == State.NULL;
    }

    /** Whether the expression fails on the row, if it is a failure to be of another kind. */
    boolean isBad(int row) {
        return states[row] == State.BAD || states[row] == State.OTHER_KIND;
    }

    boolean isOtherKind(int row) {
        return states[row] == State.OTHER_KIND;
    }

    /** Why the row is bad. */
    String reason(int row) {
        return reasons.getOrDefault(row, "");
    }

    long whole(int row) {
        return longs[row];
    }

    boolean isTrue(int row) {
        return states[row] == State.VALUE && longs[row] != 0;
    }

    boolean isFalse(int row) {
        return states[row] == State.VALUE && longs[row] == 0;
    }

    double fraction(int row) {
        return doubles[row];
    }

    BigDecimal decimal(int row) {
        return decimals[row];
    }

    byte[] array(int row) {
        return arrays[row];
    }

    int start(int row) {
        return starts[row];
    }

    int length(int row) {
        return lengths[row];
    }

    String text(int row) {
        return new String(arrays[row], starts[row], lengths[row], StandardCharsets.UTF_8);
    }

    void setNull(int row) {
        states[row] = State.NULL;
    }

    void setBad(int row, String reason) {
        states[row] = State.BAD;
        reasons.put(row, reason);
    }

    void setOtherKind(int row, String reason) {
        states[row] = State.OTHER_KIND;
        reasons.put(row, reason);
    }

    void setTruth(int row, boolean value) {
        states[row] = State.VALUE;
        longs[row] = value ? 1 : 0;
    }

    void setWhole(int row, long value) {
        states[row] = State.VALUE;
        longs[row] = value;
    }

    void setFraction(int row, double value) {
        states[row] = State.VALUE;
        doubles[row] = value;
    }

    void setDecimal(int row, BigDecimal value) {
        states[row] = State.VALUE;
        decimals[row] = value;
    }

    /** The array is kept, and must not change before the next batch. */
    void setBytes(int row, byte[] array, int start, int length) {
        states[row] = State.VALUE;
        arrays[row] = array;
        starts[row] = start;
        lengths[row] = length;
    }

    void setText(int row, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        setBytes(row, bytes, 0, bytes.length);
    }

    /** Takes over what is no value: a null, or a failure. */
    void setAbsent(int row, Cells from) {
        if (from.isNull(row)) {
            setNull(row);
        } else {
            setBad(row, from.reason(row));
        }
    }

    /** Takes over whatever stands in the row of cells of the same kind. */
    void set(int row, Cells from, Kind kind) {
        if (!from.isValue(row)) {
            setAbsent(row, from);
            return;
        }
        switch (kind) {
            case FRACTION -> setFraction(row, from.doubles[row]);
            case DECIMAL -> setDecimal(row, from.decimals[row]);
            case TEXT, UUID, BINARY, JSON -> setBytes(row, from.arrays[row], from.starts[row], from.lengths[row]);
            case BOOLEAN, WHOLE, DATE, TIME, TIMESTAMP, LOCAL_TIMESTAMP, TIMESTAMP_NANO, LOCAL_TIMESTAMP_NANO ->
                setWhole(row, from.longs[row]);
            case NULL -> setNull(row);
        }
    }
}
