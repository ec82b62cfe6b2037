package io.rowlake.sink.file;

import java.time.LocalDate;

/** Dates and times by ISO 8601, as Python's {@code isoformat} writes them, in a buffer that is used again. */
final class IsoText {

    private static final int NANOS_PER_MICRO = 1000;
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long MICROS_PER_DAY = 86_400 * MICROS_PER_SECOND;
    private static final int YEAR_MAX_OF_FOUR_DIGITS = 9999;

    /** Room for the earliest and the latest timestamp, whose years have six digits. */
    private final char[] chars = new char[40];

    private int length;

    void clear() {
        length = 0;
    }

    char[] chars() {
        return chars;
    }

    int length() {
        return length;
    }

    void appendDate(long epochDay) {
        LocalDate date = LocalDate.ofEpochDay(epochDay);
        appendYear(date.getYear());
        chars[length++] = '-';
        appendDigits(date.getMonthValue(), 2);
        chars[length++] = '-';
        appendDigits(date.getDayOfMonth(), 2);
    }

    /** The fraction has six digits, or is left out where it is zero. */
    void appendTime(long micros) {
        int seconds = (int) (micros / MICROS_PER_SECOND);
        int fraction = (int) (micros % MICROS_PER_SECOND);
        appendDigits(seconds / 3600, 2);
        chars[length++] = ':';
        appendDigits(seconds / 60 % 60, 2);
        chars[length++] = ':';
        appendDigits(seconds % 60, 2);
        if (fraction != 0) {
            chars[length++] = '.';
            appendDigits(fraction, 6);
        }
    }

    void appendLocalTimestamp(long epochMicros) {
        appendDate(Math.floorDiv(epochMicros, MICROS_PER_DAY));
        chars[length++] = 'T';
        appendTime(Math.floorMod(epochMicros, MICROS_PER_DAY));
    }

    void appendTimestamp(long epochMicros) {
        appendLocalTimestamp(epochMicros);
        appendUtc();
    }

    /** The fraction has nine digits, or six where the last three are zero, or none. */
    void appendLocalTimestampOfNanos(long epochNanos) {
        long micros = Math.floorDiv(epochNanos, NANOS_PER_MICRO);
        int finer = Math.floorMod(epochNanos, NANOS_PER_MICRO);
        appendLocalTimestamp(micros);
        if (finer != 0) {
            if (Math.floorMod(micros, MICROS_PER_SECOND) == 0) {
                chars[length++] = '.';
                appendDigits(0, 6);
            }
            appendDigits(finer, 3);
        }
    }

    void appendTimestampOfNanos(long epochNanos) {
        appendLocalTimestampOfNanos(epochNanos);
        appendUtc();
    }

    @Override
    public String toString() {
        return new String(chars, 0, length);
    }

    private void appendUtc() {
        "+00:00".getChars(0, 6, chars, length);
        length += 6;
    }

    private void appendYear(int year) {
        if (year < 0 || year > YEAR_MAX_OF_FOUR_DIGITS) {
            chars[length++] = year < 0 ? '-' : '+';
        }
        int years = Math.abs(year);
        appendDigits(years, Math.max(4, Integer.toString(years).length()));
    }

    private void appendDigits(int number, int digits) {
        int rest = number;
        for (int i = length + digits - 1; i >= length; i--) {
            chars[i] = (char) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
    }
}
