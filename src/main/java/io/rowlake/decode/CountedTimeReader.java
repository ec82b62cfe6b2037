package io.rowlake.decode;

import io.rowlake.batch.ValueAppender;
import io.rowlake.decode.Tokens.Token;
import io.rowlake.decode.ValueForm.Encoding;
import io.rowlake.event.ColumnType.Scalar;

/** Times counted in a unit of the source's; where a converter has made dates of them already, as dates. */
record CountedTimeReader(Encoding encoding, Scalar type) implements ValueReader {

    private static final long NANOS_PER_MICRO = 1000;

    @Override
    public void readPresent(Tokens tokens, ValueAppender target) {
        if (tokens.token() == Token.DATE) {
            target.appendLong(Times.ofDate(tokens, type));
            return;
        }
        long counted = WholeNumberReader.exact(tokens, expected());
        try {
            target.appendLong(converted(counted));
        } catch (ArithmeticException e) {
            throw WrongValueException.expected(expected(), tokens);
        }
    }

    private long converted(long counted) {
        return switch (encoding) {
            case EPOCH_MILLIS -> Math.multiplyExact(counted, Times.MICROS_PER_MILLI);
            case EPOCH_NANOS -> isNano() ? counted : wholeMicros(counted);
            case EPOCH_DAYS -> Math.toIntExact(counted);
            case MILLIS_OF_DAY -> withinDay(Math.multiplyExact(counted, Times.MICROS_PER_MILLI));
            case MICROS_OF_DAY -> withinDay(counted);
            case NANOS_OF_DAY -> withinDay(wholeMicros(counted));
            case EPOCH_MICROS, PLAIN, UNSCALED_BYTES, VARIABLE_SCALE, JSON_TEXT, ISO_UTC, MEDIA -> counted;
        };
    }

    private boolean isNano() {
        return type == Scalar.TIMESTAMP_NANO || type == Scalar.LOCAL_TIMESTAMP_NANO;
    }

    private static long wholeMicros(long nanos) {
        if (nanos % NANOS_PER_MICRO != 0) {
            throw new ArithmeticException("Finer than a microsecond");
        }
        return nanos / NANOS_PER_MICRO;
    }

    private static long withinDay(long micros) {
        if (micros < 0 || micros >= Times.MICROS_PER_DAY) {
            throw new ArithmeticException("Not within a day");
        }
        return micros;
    }

    private String expected() {
        return switch (encoding) {
            case EPOCH_MILLIS -> "milliseconds since 1970";
            case EPOCH_NANOS -> isNano() ? "nanoseconds since 1970" : "nanoseconds since 1970, in whole microseconds,";
            case EPOCH_DAYS -> "days since 1970, in 32 bits,";
            case MILLIS_OF_DAY -> "milliseconds since midnight, less than a day,";
            case MICROS_OF_DAY -> "microseconds since midnight, less than a day,";
            case NANOS_OF_DAY -> "nanoseconds since midnight, in whole microseconds and less than a day,";
            case EPOCH_MICROS, PLAIN, UNSCALED_BYTES, VARIABLE_SCALE, JSON_TEXT, ISO_UTC, MEDIA ->
                "microseconds since 1970";
        };
    }
}
