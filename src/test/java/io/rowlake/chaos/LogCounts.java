package io.rowlake.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the workers say of the run in their logs. */
final class LogCounts {

    private static final Map<String, String> SIGNS = Map.of(
            "commits", "Committed ",
            "commits that were overtaken", "Another task has moved ",
            "commits of unknown outcome", " has an unknown outcome: ",
            "outages", " is out of reach: ",
            "joins after a rebalance", "Successfully joined group with generation");

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
