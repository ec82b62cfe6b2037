package io.rowlake.sink.file;

/**
 * Comma-separated values by RFC 4180.
 *
 * @param nullText what stands for null. Empty: null looks as an empty string does. Otherwise it is never quoted, and a
 *     string of the same letters always is.
 */
public record CsvSettings(char delimiter, Quoting quoting, Header header, String nullText, BooleanStyle booleans)
        implements FormatSettings {

    static final char QUOTE = '"';

    /** Which fields are put in quotes. */
    public enum Quoting {
        /** Those with a delimiter, a quote or a line break. */
        MINIMAL,
        ALL,
        /** All but numbers and booleans. */
        NONNUMERIC,
        /** None: a row with a value that needs quotes is a bad event. */
        NONE
    }

    /** Whether every file begins with the names of the columns. */
    public enum Header {
        NAMES,
        NONE
    }

    /** How booleans are written. */
    public enum BooleanStyle {
        /** {@code true} and {@code false}. */
        LOWER,
        /** {@code True} and {@code False}. */
        PYTHON
    }

    public CsvSettings {
        if (delimiter == QUOTE || delimiter == '\r' || delimiter == '\n' || delimiter == 0) {
            throw new IllegalArgumentException(
                    "CSV delimiter must not be a quote, a line break or NUL but was the character "
                            + Character.getName(delimiter));
        }
        if (needsQuotes(nullText, delimiter)) {
            throw new IllegalArgumentException(
                    "CSV text for null must have no delimiter, quote or line break but was '" + nullText + "'");
        }
    }

    public static CsvSettings defaults() {
        return new CsvSettings(',', Quoting.MINIMAL, Header.NAMES, "", BooleanStyle.LOWER);
    }

    static boolean needsQuotes(String value, char delimiter) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == delimiter || c == QUOTE || c == '\r' || c == '\n') {
                return true;
            }
        }
        return false;
    }
}
