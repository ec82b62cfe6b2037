package io.rowlake.query;

import io.rowlake.event.CanonicalUuid;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.IsoTimes;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;

/** Values as texts, and texts as values: digits, ISO 8601, canonical UUIDs, true and false. */
final class TextForms {

    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long NANOS_PER_MICRO = 1000;
    private static final int DATE_LENGTH = "2026-06-03".length();

    private TextForms() {}

    /**
     * Puts what a text says into a row of cells.
     *
     * @return whether the text is of the kind's form; the row is untouched if not
     */
    static boolean read(String text, Kind kind, Cells cells, int row) {
        try {
            switch (kind) {
                case WHOLE -> cells.setWhole(row, new BigDecimal(text.strip()).longValueExact());
                case FRACTION -> cells.setFraction(row, fraction(text));
                case DECIMAL -> cells.setDecimal(row, new BigDecimal(text.strip()));
                case BOOLEAN -> cells.setTruth(row, truth(text));
                case UUID -> cells.setBytes(row, CanonicalUuid.bytes(text), 0, 2 * Long.BYTES);
                case DATE, TIME, TIMESTAMP, LOCAL_TIMESTAMP, TIMESTAMP_NANO, LOCAL_TIMESTAMP_NANO ->
                    cells.setWhole(row, IsoTimes.count(complete(text, kind), type(kind)));
                case TEXT, BINARY, JSON, NULL -> throw new IllegalStateException("No text is read as " + kind);
            }
            return true;
        } catch (DateTimeException | ArithmeticException | IllegalArgumentException e) {
            return false;
        }
    }

    /** The JDK would also take the suffixes of Java's literals. */
    private static double fraction(String text) {
        String digits = text.strip();
        if (!digits.isEmpty() && "dDfF".indexOf(digits.charAt(digits.length() - 1)) >= 0) {
            throw new NumberFormatException("Ends with a letter");
        }
        return Double.parseDouble(digits);
    }

    /** A date alone is its midnight, and a time without a zone is UTC. */
    private static String complete(String text, Kind kind) {
        if (kind == Kind.DATE || kind == Kind.TIME) {
            return text;
        }
        String time = text.length() == DATE_LENGTH ? text + "T00:00:00" : text;
        boolean isLocal = kind == Kind.LOCAL_TIMESTAMP || kind == Kind.LOCAL_TIMESTAMP_NANO;
        return isLocal || hasZone(time) ? time : time + "Z";
    }

    private static boolean hasZone(String time) {
        return time.chars().skip(DATE_LENGTH).anyMatch(letter -> "Zz+-".indexOf(letter) >= 0);
    }

    private static boolean truth(String text) {
        if (text.equalsIgnoreCase("true")) {
            return true;
        }
        if (text.equalsIgnoreCase("false")) {
            return false;
        }
        throw new IllegalArgumentException("Neither true nor false");
    }

    /** Reads on after "must be". */
    static String expected(Kind kind) {
        return switch (kind) {
            case WHOLE -> "a whole number of 64 bits";
            case FRACTION, DECIMAL -> "a number";
            case BOOLEAN -> "true or false";
            case UUID -> CanonicalUuid.EXPECTED;
            case DATE -> "a date such as 2026-06-03";
            case TIME -> "a time such as 12:30:00.5";
            case TIMESTAMP, TIMESTAMP_NANO -> "a time such as 2026-06-03T12:30:00.5Z";
            case LOCAL_TIMESTAMP, LOCAL_TIMESTAMP_NANO -> "a time without a zone such as 2026-06-03T12:30:00.5";
            case TEXT, BINARY, JSON, NULL -> kind.text();
        };
    }

    /** The text of a value that is there. */
    static String text(Cells cells, int row, Kind kind) {
        return switch (kind) {
            case BOOLEAN -> String.valueOf(cells.whole(row) != 0);
            case WHOLE -> String.valueOf(cells.whole(row));
            case FRACTION -> String.valueOf(cells.fraction(row));
            case DECIMAL -> cells.decimal(row).toPlainString();
            case TEXT, JSON, BINARY -> cells.text(row);
            case UUID -> uuid(cells, row);
            case DATE -> LocalDate.ofEpochDay(cells.whole(row)).toString();
            case TIME ->
                LocalTime.ofNanoOfDay(cells.whole(row) * NANOS_PER_MICRO).toString();
            case TIMESTAMP -> instant(cells.whole(row), MICROS_PER_SECOND).toString();
            case TIMESTAMP_NANO -> instant(cells.whole(row), NANOS_PER_SECOND).toString();
            case LOCAL_TIMESTAMP ->
                local(instant(cells.whole(row), MICROS_PER_SECOND)).toString();
            case LOCAL_TIMESTAMP_NANO ->
                local(instant(cells.whole(row), NANOS_PER_SECOND)).toString();
            case NULL -> "null";
        };
    }

    private static Scalar type(Kind kind) {
        return kind.type().orElseThrow();
    }

    private static Instant instant(long units, long unitsPerSecond) {
        return Instant.ofEpochSecond(
                Math.floorDiv(units, unitsPerSecond),
                Math.floorMod(units, unitsPerSecond) * (NANOS_PER_SECOND / unitsPerSecond));
    }

    private static LocalDateTime local(Instant instant) {
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    private static String uuid(Cells cells, int row) {
        ByteBuffer bytes = ByteBuffer.wrap(cells.array(row), cells.start(row), cells.length(row));
        return new java.util.UUID(bytes.getLong(), bytes.getLong()).toString();
    }
}
