package io.rowlake.cli;

import java.util.List;
import java.util.stream.Stream;

/** The part of a Java stack trace that says what happened. */
final class FailureTrace {

    private static final String CAUSE = "Caused by: ";
    private static final String TASK_WRAPPER = "Exiting WorkerSinkTask due to unrecoverable exception.";

    private FailureTrace() {}

    /** The outermost message that is not Connect's own, and the innermost where it differs; without class names. */
    static String summary(String trace) {
        List<String> messages = Stream.concat(
                        trace.lines().limit(1),
                        trace.lines()
                                .filter(line -> line.startsWith(CAUSE))
                                .map(line -> line.substring(CAUSE.length())))
                .map(FailureTrace::message)
                .filter(message -> !message.equals(TASK_WRAPPER))
                .toList();
        if (messages.isEmpty()) {
            return "no reason was reported";
        }
        String outermost = messages.get(0);
        String innermost = messages.get(messages.size() - 1);
        return outermost.contains(innermost) ? outermost : outermost + " (" + innermost + ")";
    }

    private static String message(String line) {
        int colon = line.indexOf(": ");
        boolean named = colon > 0 && line.substring(0, colon).matches("[\\w.$]+");
        return named ? line.substring(colon + 2) : line;
    }
}
