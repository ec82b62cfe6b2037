package io.rowlake.query;

/** Parts of texts, by characters counted from 1. */
final class Substrings {

    private Substrings() {}

    /** What begins at a character; all where that is before the first. */
    static String from(String text, long begin) {
        long skipped = Math.max(0, begin - 1);
        return skipped >= text.codePointCount(0, text.length())
                ? ""
                : text.substring(text.offsetByCodePoints(0, (int) skipped));
    }

    static String first(String text, long count) {
        return count >= text.codePointCount(0, text.length())
                ? text
                : text.substring(0, text.offsetByCodePoints(0, (int) Math.max(0, count)));
    }

    /** How many of the characters asked for are not before the first one. */
    static void shownLength(Cells begin, Cells length, Cells to, int row) {
        if (length.whole(row) < 0) {
            to.setBad(row, "SUBSTRING must have a length of 0 or more but has " + length.whole(row));
        } else {
            to.setWhole(row, length.whole(row) + Math.min(0, begin.whole(row) - 1));
        }
    }
}
