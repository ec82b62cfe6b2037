package io.rowlake.cli;

import java.util.List;

/** The part of a Java stack trace that says what happened. */
final class FailureTrace {

    private static final String CAUSE = "Caused by: ";

    private FailureTrace() {}

    /** The first line, and the innermost cause where there is one; without class names. */
    static String summary(String trace) {
        List<String> lines = trace.lines().toList();
        if (lines.isEmpty()) {
            return "no trace was reported";
        }
        String first = message(lines.get(0));
        String cause = lines.stream()
                .filter(line -> line.startsWith(CAUSE))
                .reduce((outer, inner) -> inner)
                .map(line -> message(line.substring(CAUSE.length())))
                .orElse(first);
        return cause.equals(first) ? first : first + " (" + cause + ")";
    }

    private static String message(String line) {
        int colon = line.indexOf(": ");
        boolean named = colon > 0 && line.substring(0, colon).matches("[\\w.$]+");
        return named ? line.substring(colon + 2) : line;
    }
}
