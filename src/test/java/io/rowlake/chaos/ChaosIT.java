package io.rowlake.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowlake.chaos.Operator.FailedTask;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Nothing is lost, doubled or out of order, whatever happens. {@code -Dchaos.minutes} says for how long things happen,
 * {@code -Dchaos.seed} which.
 */
final class ChaosIT {

    private static final Logger LOG = LoggerFactory.getLogger(ChaosIT.class);
    private static final Duration SETTLING_LIMIT = Duration.ofMinutes(5);
    private static final Duration WATCH = Duration.ofSeconds(2);

    private final List<FailedTask> failed = Collections.synchronizedList(new ArrayList<>());

    @Test
    @EnabledIfSystemProperty(named = "chaos.minutes", matches = "[0-9.]+")
    void everySequenceIsInEveryDestinationOnceAndInOrder() throws Exception {
        Duration time = Duration.ofMillis((long) (Double.parseDouble(System.getProperty("chaos.minutes")) * 60_000));
        long seed = Long.getLong("chaos.seed", System.nanoTime());
        Path directory =
                Path.of(System.getProperty("rowlake.work"), "chaos-" + seed).toAbsolutePath();
        LOG.info("Chaos for {} with seed {} in {}; -Dchaos.seed={} repeats its faults", time, seed, directory, seed);
        try (ChaosWorld world = new ChaosWorld(directory)) {
            run(world, seed, time, directory);
        } catch (AssertionError | Exception e) {
            throw new AssertionError("Chaos with seed " + seed + " failed; its files are in " + directory, e);
        }
    }

    private void run(ChaosWorld world, long seed, Duration time, Path directory) throws Exception {
        ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();
        try (var changes = new SequencedChanges(world.bootstrapServers());
                var chaos = new Chaos(world, seed, directory.resolve("faults.log"))) {
            Operator operator = world.operator();
            world.connectors().forEach(operator::configure);
            var unused = watch.scheduleWithFixedDelay(
                    () -> failed.addAll(
                            operator.restartFailed(world.connectors().keySet())),
                    WATCH.toMillis(),
                    WATCH.toMillis(),
                    TimeUnit.MILLISECONDS);
            changes.start();
            chaos.rage(time);
            Map<String, Long> sent = changes.stop();
            awaitNoLag(world, changes);
            report(world, chaos, changes, directory);

            assertThat(Outcome.inIceberg(world.readerProperties(), ChaosWorld.NAMESPACE)
                            .differenceFrom(sent))
                    .as("Iceberg")
                    .isEmpty();
            assertThat(Outcome.inJsonLines(world.files()).differenceFrom(sent))
                    .as("JSON Lines")
                    .isEmpty();
        } finally {
            watch.shutdownNow();
        }
    }

    private static void awaitNoLag(ChaosWorld world, SequencedChanges changes) {
        List<String> connectors = List.copyOf(world.connectors().keySet());
        Awaitility.await("lag")
                .atMost(SETTLING_LIMIT)
                .pollInterval(Duration.ofSeconds(1))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(changes.lag(connectors)).isEmpty());
    }

    private void report(ChaosWorld world, Chaos chaos, SequencedChanges changes, Path directory) throws Exception {
        Map<Fault, Integer> faults = chaos.counts();
        List<String> lines = new ArrayList<>();
        lines.add("records: " + changes.acknowledged());
        lines.add("faults: "
                + faults.values().stream().mapToInt(Integer::intValue).sum() + " of " + faults.size() + " kinds: "
                + faults);
        lines.add("requests struck: catalog " + world.catalogProxy().struck() + ", S3 "
                + world.s3Proxy().struck());
        lines.add("tasks that failed and were restarted: " + failed.size());
        failed.forEach(task -> lines.add("  " + task.connector() + " " + task.task() + ": " + cause(task.trace())));
        lines.forEach(LOG::info);
        Files.write(directory.resolve("report.txt"), lines);
        lines.forEach(System.out::println);
    }

    private static String cause(String trace) {
        List<String> lines =
                trace.lines().filter(line -> !line.startsWith("\t")).toList();
        return lines.isEmpty() ? trace : lines.get(lines.size() - 1);
    }
}
