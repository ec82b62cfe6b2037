package io.rowlake.chaos;

import io.rowlake.chaos.FileOutcome.Format;
import io.rowlake.cluster.PythonReader;
import io.rowlake.cluster.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;

/** One run: records flow through all connectors while the faults of a seed happen; then the outcome is checked. */
final class ChaosRun implements AutoCloseable {

    private static final Duration DRAIN_LIMIT = Duration.ofMinutes(4);
    private static final long POLL_MILLIS = 1_000;

    private final ChaosSettings settings;
    private final RunDirectory directory;
    private final World world;
    private final CountDownLatch ceased = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final FaultRunner runner;
    private final ConnectOperator operator;
    private final TaskWatch watch;
    private final ChaosTopics topics;
    private final SequenceProducer producer;
    private final List<String> findings = new ArrayList<>();
    private final Map<String, Long> counts = new TreeMap<>();

    private boolean isFaultless;

    ChaosRun(ChaosSettings settings) throws IOException {
        this.settings = settings;
        directory = RunDirectory.make(settings.directory());
        world = new World(directory.path(), settings.seed());
        operator = new ConnectOperator(world.workers().addresses(), closed);
        runner = new FaultRunner(new Faults(world, operator, ceased), ceased, file("faults.log"));
        watch = new TaskWatch(operator, runner::note);
        topics = new ChaosTopics(world.broker().bootstrapServers());
        producer = new SequenceProducer(world.broker().bootstrapServers(), file("acknowledged.txt"), settings.seed());
    }

    /** Runs to the end, and says what came of it. */
    Tally run() throws Exception {
        runner.note("Seed " + settings.seed() + ", again with " + settings.command());
        topics.create();
        for (String connector : ChaosConnectors.NAMES) {
            operator.configure(connector, world.connectors().config(connector));
        }
        producer.start();
        awaitFirstCommits();
        runner.run(new FaultPlan(settings.seed(), world.kinds(), World.victims()), settings.duration());
        producer.finish();
        mendWhatIsLeft();
        drain();
        world.workers().close();
        check();
        return tally();
    }

    @Override
    public void close() {
        closed.countDown();
        runner.close();
        watch.close();
        producer.close();
        topics.close();
        if (!isFaultless) {
            world.keepDisk();
        }
        world.close();
    }

    /** Writes down what came of the run. */
    void report(Tally tally) throws IOException {
        Files.writeString(file("report.txt"), tally.text());
        Files.writeString(file("failures.txt"), String.join("\n\n", tally.failures()));
        isFaultless = tally.findings().isEmpty();
    }

    private void mendWhatIsLeft() throws IOException {
        for (String dead : world.workers().reviveDead()) {
            findings.add(dead + " had ended by itself");
        }
        for (String connector : ChaosConnectors.NAMES) {
            operator.resume(connector);
        }
    }

    /** So that the first faults meet connectors that work. */
    private void awaitFirstCommits() throws Exception {
        for (String connector : ChaosConnectors.NAMES) {
            long start = System.nanoTime();
            while (!topics.hasCommitted(connector)) {
                if (System.nanoTime() - start > DRAIN_LIMIT.toNanos()
                        || closed.await(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                    throw new IllegalStateException("Connector " + connector + " commits nothing, even without faults");
                }
            }
        }
    }

    /** Until each connector has told Kafka that everything is in its destination. */
    private void drain() throws Exception {
        long start = System.nanoTime();
        long lag = lag();
        while (lag > 0 && System.nanoTime() - start < DRAIN_LIMIT.toNanos()) {
            if (closed.await(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                return;
            }
            lag = lag();
        }
        if (lag > 0) {
            findings.add("After " + DRAIN_LIMIT.toSeconds() + " s without faults " + lag
                    + " records are not in all destinations");
        }
        counts.put("seconds until all was written", TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start));
    }

    private long lag() throws Exception {
        var text = new StringBuilder("Lag:");
        long sum = 0;
        for (String connector : ChaosConnectors.NAMES) {
            long lag = topics.lag(connector);
            sum += lag;
            text.append(' ').append(connector).append(' ').append(lag);
        }
        runner.note(text.toString());
        return sum;
    }

    private void check() throws Exception {
        Map<TopicPartition, Long> ends = topics.ends();
        counts.put("records", producer.records());
        if (ends.values().stream().mapToLong(Long::longValue).sum() != producer.records()) {
            findings.add("The topics have other records than were acknowledged: " + ends);
        }
        checkIceberg(ends);
        checkByPyIceberg();
        checkFiles(ChaosConnectors.JSONL, new FileOutcome(world.jsonlDirectory(), Format.JSONL), ends);
        checkFiles(ChaosConnectors.CSV, new FileOutcome(world.csvDirectory(), Format.CSV), ends);
    }

    private void checkIceberg(Map<TopicPartition, Long> ends) throws IOException {
        var check = new OutcomeCheck(ChaosConnectors.ICEBERG, producer.acknowledged());
        long commits = 0;
        try (var outcome = new IcebergOutcome(world.catalogProperties())) {
            for (String topic : ChaosTopics.NAMES) {
                outcome.read(topic, check);
                findings.addAll(outcome.ledgerFindings(topic, ends));
                commits += outcome.commits(topic);
            }
        }
        conclude(ChaosConnectors.ICEBERG, check, commits);
    }

    /** By a reader that has not a line of Java. */
    private void checkByPyIceberg() throws IOException, InterruptedException {
        if (!PythonReader.isWanted()) {
            return;
        }
        var arguments = new ArrayList<>(List.of(
                world.catalog().uri(),
                world.store().endpoint(),
                S3Server.ACCESS_KEY,
                S3Server.SECRET_KEY,
                S3Server.REGION));
        ChaosTopics.NAMES.forEach(topic -> arguments.add("lake." + topic));
        List<String> seen = PythonReader.run("sequences_seen.py", arguments.toArray(String[]::new));
        List<String> expected = new TreeMap<>(producer.acknowledged())
                .entrySet().stream()
                        .map(key -> key.getKey() + " " + key.getValue() + " " + key.getValue() + " 0 "
                                + (key.getValue() - 1))
                        .toList();
        seen.stream().filter(line -> !expected.contains(line)).forEach(line -> findings.add("PyIceberg sees " + line));
        counts.put("keys that PyIceberg reads", (long) seen.size());
        if (seen.size() != expected.size()) {
            findings.add("PyIceberg sees " + seen.size() + " keys instead of " + expected.size());
        }
    }

    private void checkFiles(String connector, FileOutcome outcome, Map<TopicPartition, Long> ends) throws IOException {
        var check = new OutcomeCheck(connector, producer.acknowledged());
        for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
            findings.addAll(outcome.read(end.getKey(), end.getValue(), check));
        }
        conclude(connector, check, outcome.commits(ends));
    }

    private void conclude(String connector, OutcomeCheck check, long commits) {
        counts.put("rows of " + connector, check.rows());
        counts.put("published by " + connector, commits);
        findings.addAll(check.findings());
    }

    private Tally tally() throws IOException {
        counts.put("requests spoilt at the catalog", world.catalogProxy().spoilt());
        counts.put("requests spoilt at the store", world.storeProxy().spoilt());
        Map<String, Long> logged = LogCounts.of(world.workers().logs());
        counts.putAll(logged);
        if (logged.getOrDefault(LogCounts.PARKED, 0L) > 0) {
            findings.add("A table was parked, though every fault was mended within seconds");
        }
        return new Tally(settings, runner.done(), runner.notDone(), watch.failures(), counts, findings);
    }

    private Path file(String name) {
        return directory.path().resolve(name);
    }
}
