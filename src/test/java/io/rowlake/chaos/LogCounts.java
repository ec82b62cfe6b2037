package io.rowlake.chaos;

import static java.util.Map.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the workers say of the run in their logs. */
final class LogCounts {

    /** How often a table was given up for a while, which no fault of a run lasts long enough for. */
    static final String PARKED = "times that a table was parked";

    private static final Map<String, String> SIGNS = Map.ofEntries(
            entry("commits", "Committed "),
            entry("commits that were overtaken", "Another task has moved "),
            entry("commits of unknown outcome", " has an unknown outcome: "),
            entry("outages", " is out of reach: "),
            entry(PARKED, " is parked: "),
            entry("joins after a rebalance", "Successfully joined group with generation"));

    private LogCounts() {}

    /** How many lines of the logs have each sign. */
    static Map<String, Long> of(List<Path> logs) throws IOException {
        Map<String, Long> counts = new LinkedHashMap<>();
        SIGNS.keySet().stream().sorted().forEach(name -> counts.put(name, 0L));
        for (Path log : logs) {
            try (Stream<String> lines = Files.lines(log)) {
                lines.forEach(line -> count(line, counts));
            }
        }
        return counts;
    }

    private static void count(String line, Map<String, Long> counts) {
        SIGNS.forEach((name, sign) -> {
            if (line.contains(sign)) {
                counts.merge(name, 1L, Long::sum);
            }
        });
    }
}
