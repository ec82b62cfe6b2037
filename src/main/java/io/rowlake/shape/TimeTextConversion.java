package io.rowlake.shape;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rowlake.batch.ValueAppender;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.IsoTimes;
import java.time.DateTimeException;
import java.util.EnumSet;
import java.util.Set;
import org.apache.arrow.vector.VarCharVector;

/** Texts in ISO 8601 as times. */
record TimeTextConversion(VarCharVector texts, Scalar type) implements Conversion {

    static final Set<Scalar> TYPES = EnumSet.of(
            Scalar.DATE,
            Scalar.TIME,
            Scalar.TIMESTAMP,
            Scalar.LOCAL_TIMESTAMP,
            Scalar.TIMESTAMP_NANO,
            Scalar.LOCAL_TIMESTAMP_NANO);

    @Override
    public void append(int row, ValueAppender target) {
        if (texts.isNull(row)) {
            target.appendNull();
            return;
        }
        String text = new String(texts.get(row), UTF_8);
        try {
            target.appendLong(IsoTimes.count(text, type));
        } catch (DateTimeException | ArithmeticException e) {
            throw MisfitException.of(expected(), text);
        }
    }

    private String expected() {
        return switch (type) {
            case DATE -> "a date such as 2026-06-03";
            case TIME -> "a time in whole microseconds such as 12:30:00.5";
            case TIMESTAMP -> "a time in whole microseconds such as 2026-06-03T12:30:00.5Z";
            case LOCAL_TIMESTAMP -> "a time in whole microseconds without a zone such as 2026-06-03T12:30:00.5";
            case TIMESTAMP_NANO -> "a time from 1677 to 2262 such as 2026-06-03T12:30:00.5Z";
            case LOCAL_TIMESTAMP_NANO -> "a time from 1677 to 2262 without a zone such as 2026-06-03T12:30:00.5";
            case STRING, INT, LONG, FLOAT, DOUBLE, BOOLEAN, UUID, BINARY, JSON, VARIANT -> type.toString();
        };
    }
}
