package io.rowlake.shape;

/** A value doesn't fit the type of its column. The way to the value is put together on the way out. */
final class MisfitException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int SHOWN_MAX = 40;

    private final String path;
    private final String rule;

    private MisfitException(String path, String rule) {
        super(path + " " + rule, null, false, false);
        this.path = path;
        this.rule = rule;
    }

    /** The rule reads on after the name of a column, as in {@code must be a list but was 5}. */
    MisfitException(String rule) {
        this("", rule);
    }

    /** {@code expected} reads on after {@code must be}. */
    static MisfitException of(String expected, Object found) {
        return new MisfitException("must be " + expected + " but was " + shown(found));
    }

    /** The same problem seen from the list that the value is in. */
    MisfitException atElement(int index) {
        return new MisfitException("[" + index + "]" + path, rule);
    }

    /** The same problem seen from the struct that the value is in. */
    MisfitException atField(String name) {
        return new MisfitException("." + name + path, rule);
    }

    /** The same problem, with more to say at the end. */
    MisfitException with(String note) {
        return new MisfitException(path, rule + note);
    }

    /** As in {@code column 'meta.score' must be …}. */
    String inColumn(String name) {
        return "column '" + name + path + "' " + rule;
    }

    /** A value, cut where it is long. */
    static String shown(Object value) {
        String text = String.valueOf(value);
        String cut = text.length() <= SHOWN_MAX ? text : text.substring(0, SHOWN_MAX) + "…";
        return value instanceof String ? "'" + cut + "'" : cut;
    }
}
