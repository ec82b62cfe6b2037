package io.rowlake.decode;

/** A value doesn't fit. What reads a value doesn't know its column, so the way to the value is put together on the way out. */
final class WrongValueException extends RuntimeException {

    private final String path;
    private final String rule;

    private WrongValueException(String path, String rule) {
        super(path + " " + rule, null, false, false);
        this.path = path;
        this.rule = rule;
    }

    /** The rule reads on after the name of a column, as in {@code must be text but was 5}. */
    WrongValueException(String rule) {
        this("", rule);
    }

    /** For a value that the reader is at: {@code expected} reads on after {@code must be}. */
    static WrongValueException expected(String expected, Tokens found) {
        return new WrongValueException("must be " + expected + " but was " + found.found());
    }

    /** For an object, of which a field is there for the second time. */
    static WrongValueException repeated(String field) {
        return new WrongValueException("must have each field once but has " + Found.quoted(field) + " twice");
    }

    /** The same problem seen from the list that the value is in. */
    WrongValueException atElement(int index) {
        return new WrongValueException("[" + index + "]" + path, rule);
    }

    /** The same problem seen from the struct that the value is in. */
    WrongValueException atField(String name) {
        return new WrongValueException("." + name + path, rule);
    }

    BadEventException inColumn(String name) {
        return new BadEventException("column '" + name + path + "' " + rule);
    }

    /** For a field of the envelope. */
    BadEventException inField(String name) {
        return new BadEventException("'" + name + path + "' " + rule);
    }
}
