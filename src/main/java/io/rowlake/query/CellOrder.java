package io.rowlake.query;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Optional;

/**
 * How values of two kinds compare. Numbers compare by their exact values, texts by their UTF-8 bytes, false before true.
 * NaN is equal to itself and greater than every other number; the two zeros are equal.
 */
interface CellOrder {

    /** Below, at or above zero, as the value in the row of the one is below, equal to or above that of the other. */
    int compare(Cells left, Cells right, int row);

    /** Empty if the kinds don't compare. */
    static Optional<CellOrder> of(Kind left, Kind right) {
        if (left == Kind.NULL || right == Kind.NULL) {
            return Optional.of((a, b, row) -> 0);
        }
        if (Kind.NUMBERS.contains(left) && Kind.NUMBERS.contains(right)) {
            return Optional.of(numbers(left, right));
        }
        if (left != right) {
            return Optional.empty();
        }
        return switch (left) {
            case BOOLEAN, DATE, TIME, TIMESTAMP, LOCAL_TIMESTAMP, TIMESTAMP_NANO, LOCAL_TIMESTAMP_NANO ->
                Optional.of((a, b, row) -> Long.compare(a.whole(row), b.whole(row)));
            case TEXT, UUID, BINARY -> Optional.of(CellOrder::compareBytes);
            case JSON, WHOLE, FRACTION, DECIMAL, NULL -> Optional.empty();
        };
    }

    private static CellOrder numbers(Kind left, Kind right) {
        if (left == Kind.DECIMAL || right == Kind.DECIMAL) {
            return (a, b, row) -> compareDecimals(a, left, b, right, row);
        }
        if (left == Kind.WHOLE) {
            return right == Kind.WHOLE
                    ? (a, b, row) -> Long.compare(a.whole(row), b.whole(row))
                    : (a, b, row) -> compare(a.whole(row), b.fraction(row));
        }
        return right == Kind.WHOLE
                ? (a, b, row) -> -compare(b.whole(row), a.fraction(row))
                : (a, b, row) -> compare(a.fraction(row), b.fraction(row));
    }

    private static int compareBytes(Cells left, Cells right, int row) {
        int leftStart = left.start(row);
        int rightStart = right.start(row);
        return Arrays.compareUnsigned(
                left.array(row),
                leftStart,
                leftStart + left.length(row),
                right.array(row),
                rightStart,
                rightStart + right.length(row));
    }

    private static int compare(double left, double right) {
        return left == right ? 0 : Double.compare(left, right);
    }

    /** Exact, though a double has fewer digits than a long. */
    private static int compare(long left, double right) {
        if (Double.isNaN(right) || right >= 0x1p63) {
            return -1;
        }
        if (right < -0x1p63) {
            return 1;
        }
        long floor = (long) Math.floor(right);
        if (left != floor) {
            return Long.compare(left, floor);
        }
        return right > floor ? -1 : 0;
    }

    private static int compareDecimals(Cells left, Kind leftKind, Cells right, Kind rightKind, int row) {
        if (isBeyondNumbers(left, leftKind, row)) {
            double rightValue = rightKind == Kind.FRACTION ? right.fraction(row) : 0;
            return compare(left.fraction(row), rightValue);
        }
        if (isBeyondNumbers(right, rightKind, row)) {
            return compare(0.0, right.fraction(row));
        }
        return decimal(left, leftKind, row).compareTo(decimal(right, rightKind, row));
    }

    /** Whether it is NaN or infinite. */
    private static boolean isBeyondNumbers(Cells cells, Kind kind, int row) {
        return kind == Kind.FRACTION && !Double.isFinite(cells.fraction(row));
    }

    private static BigDecimal decimal(Cells cells, Kind kind, int row) {
        return switch (kind) {
            case DECIMAL -> cells.decimal(row);
            case FRACTION -> new BigDecimal(cells.fraction(row));
            default -> BigDecimal.valueOf(cells.whole(row));
        };
    }
}
