package io.rowlake.chaos;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What came of a run.
 *
 * @param faults how many were done, by kind
 * @param notDone faults that could not be done, which is no finding
 * @param failures tasks that failed and were restarted, each with its trace
 * @param counts names and numbers
 * @param findings what is wrong; empty where all is right
 */
record Tally(
        ChaosSettings settings,
        Map<FaultKind, Integer> faults,
        List<String> notDone,
        List<String> failures,
        Map<String, Long> counts,
        List<String> findings) {

    private static final int LISTED = 20;

    /** As it is printed. */
    String text() {
        int sum = faults.values().stream().mapToInt(Integer::intValue).sum();
        var lines = new StringBuilder()
                .append("Chaos with seed ")
                .append(settings.seed())
                .append(" for ")
                .append(settings.duration().toSeconds())
                .append(" s: ")
                .append(findings.isEmpty() ? "nothing lost, nothing doubled, nothing out of order" : "FINDINGS")
                .append("\nThe same faults come again, but not at the very same moments, with\n  ")
                .append(settings.command())
                .append("\nFaults: ")
                .append(sum)
                .append(" of ")
                .append(faults.size())
                .append(" kinds\n");
        new TreeMap<>(faults).forEach((kind, count) -> line(lines, kind.name(), count));
        counts.forEach((name, count) -> line(lines, name, count));
        line(lines, "faults that could not be done", notDone.size());
        lines.append(listed(notDone));
        line(lines, "tasks that failed", failures.size());
        lines.append(listed(failures.stream()
                .map(text -> text.lines().findFirst().orElse(""))
                .toList()));
        line(lines, "findings", findings.size());
        return lines.append(listed(findings)).toString();
    }

    private static void line(StringBuilder lines, String name, long count) {
        lines.append("  %-32s %9d%n".formatted(name, count));
    }

    private static String listed(List<String> texts) {
        return texts.stream().limit(LISTED).map(text -> "    " + text + "\n").collect(Collectors.joining());
    }
}
