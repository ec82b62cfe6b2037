package io.rowlake.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** The connectors of {@code connector-config}, with their destinations moved into the directory of the demonstration. */
final class DemoConnectors {

    private static final List<String> FILES = List.of("iceberg.json", "jsonl.json", "csv.json");
    private static final String FLUSH_MILLIS = "2000";
    private static final Duration START_LIMIT = Duration.ofMinutes(1);
    private static final Duration STALL_LIMIT = Duration.ofMinutes(2);
    private static final long POLL_MILLIS = 250;

    private final LocalStack stack;
    private final Console console;
    private final List<ConnectorFile> connectors;

    DemoConnectors(LocalStack stack, Console console, Path directory) {
        this.stack = stack;
        this.console = console;
        Path configurations = Installation.home().resolve("connector-config");
        this.connectors = FILES.stream()
                .map(file -> inDirectory(ConnectorFile.read(configurations.resolve(file)), directory))
                .toList();
    }

    List<ConnectorFile> connectors() {
        return connectors;
    }

    /** Creates the connectors, or adopts the ones of an earlier run, and waits until they run. */
    void create() {
        for (ConnectorFile connector : connectors) {
            stack.rest().putConfig(connector.name(), connector.config());
        }
        for (ConnectorFile connector : connectors) {
            console.progress("Starting connector " + connector.name());
            stack.rest().awaitRunning(connector.name(), 1, START_LIMIT);
        }
    }

    /**
     * Waits until every connector has committed every record.
     *
     * @throws CommandException if a connector fails, or none commits anything for long
     */
    void awaitCommitted() {
        try (var admin = new KafkaAdmin(stack.bootstrapServers())) {
            Map<TopicPartition, Long> ends = admin.endOffsets(DemoTopic.names());
            long expected = total(ends);
            long before = -1;
            Deadline stall = Deadline.in(STALL_LIMIT);
            while (true) {
                Map<String, Long> committed = committed(admin, ends);
                long sum =
                        committed.values().stream().mapToLong(Long::longValue).sum();
                console.progress(progress(committed, expected));
                if (sum == expected * connectors.size()) {
                    return;
                }
                stall = sum == before ? stall : Deadline.in(STALL_LIMIT);
                before = sum;
                failIfStuck(stall, committed, expected);
                Deadline.pause(POLL_MILLIS);
            }
        }
    }

    private void failIfStuck(Deadline stall, Map<String, Long> committed, long expected) {
        for (ConnectorFile connector : connectors) {
            stack.rest().status(connector.name()).failIfFailed();
        }
        if (stall.isPast()) {
            throw new CommandException("Nothing was committed for " + STALL_LIMIT.toSeconds() + " s, the state is "
                    + progress(committed, expected) + System.lineSeparator() + LogTail.of(stack.workerLog()));
        }
    }

    private Map<String, Long> committed(KafkaAdmin admin, Map<TopicPartition, Long> ends) {
        var committed = new LinkedHashMap<String, Long>();
        for (ConnectorFile connector : connectors) {
            Map<TopicPartition, Long> offsets = admin.committed("connect-" + connector.name());
            offsets.keySet().retainAll(ends.keySet());
            committed.put(connector.name(), total(offsets));
        }
        return committed;
    }

    private static long total(Map<TopicPartition, Long> offsets) {
        return offsets.values().stream().mapToLong(Long::longValue).sum();
    }

    private static String progress(Map<String, Long> committed, long expected) {
        var text = new StringBuilder("Committed");
        committed.forEach((connector, count) -> text.append("  ")
                .append(connector)
                .append(' ')
                .append(expected == 0 ? 100 : 100 * count / expected)
                .append(" %"));
        return text.toString();
    }

    private static ConnectorFile inDirectory(ConnectorFile connector, Path directory) {
        var overrides = new LinkedHashMap<String, String>();
        overrides.put("topics", String.join(",", DemoTopic.names()));
        overrides.put("flush.interval.ms", FLUSH_MILLIS);
        String destination = connector.option("destination");
        if (destination.equals("iceberg")) {
            Path catalog = directory.resolve("catalog.db");
            overrides.put("iceberg.catalog.uri", "jdbc:sqlite:" + catalog + "?busy_timeout=10000&journal_mode=WAL");
            overrides.put("iceberg.catalog.warehouse", "file:" + directory.resolve("warehouse"));
        } else {
            overrides.put("files.directory", directory.resolve(destination).toString());
            overrides.put("files.roll.interval.ms", FLUSH_MILLIS);
        }
        return connector.with(overrides);
    }
}
