package io.rowlake.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Strikes a world with faults, in an order that the seed decides. Faults of different parts overlap. The same seed brings
 * the same faults with the same gaps; how the processes run in between is not repeated.
 */
final class Chaos implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Chaos.class);
    private static final int GAP_MIN_MILLIS = 1_500;
    private static final int GAP_MAX_MILLIS = 8_000;

    /** So that the world is never without a way to make progress for long. */
    private static final int AT_ONCE = 2;

    private final ChaosWorld world;
    private final Random random;
    private final Path log;
    private final Map<Fault, AtomicInteger> counts = new ConcurrentHashMap<>();
    private final Map<String, Semaphore> parts = new ConcurrentHashMap<>();
    private final Semaphore atOnce = new Semaphore(AT_ONCE);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<CompletableFuture<Void>> striking = new ArrayList<>();
    private final Instant start = Instant.now();

    Chaos(ChaosWorld world, long seed, Path log) {
        this.world = world;
        this.random = new Random(seed);
        this.log = log;
    }

    /** Strikes for so long, then waits for the last fault to be over. */
    void rage(Duration time) throws InterruptedException {
        List<Fault> possible = possible();
        Instant end = Instant.now().plus(time);
        while (Instant.now().isBefore(end)) {
            Fault fault = possible.get(random.nextInt(possible.size()));
            long ownSeed = random.nextLong();
            TimeUnit.MILLISECONDS.sleep(GAP_MIN_MILLIS + random.nextInt(GAP_MAX_MILLIS - GAP_MIN_MILLIS));
            Semaphore part = parts.computeIfAbsent(fault.part(), any -> new Semaphore(1));
            part.acquire();
            atOnce.acquire();
            striking.add(CompletableFuture.runAsync(() -> strike(fault, ownSeed, part), threads));
        }
        CompletableFuture.allOf(striking.toArray(CompletableFuture[]::new)).join();
    }

    /** By kind, how many faults have struck. */
    Map<Fault, Integer> counts() {
        Map<Fault, Integer> result = new TreeMap<>();
        counts.forEach((fault, count) -> result.put(fault, count.get()));
        return result;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private List<Fault> possible() {
        List<Fault> possible = new ArrayList<>();
        for (Fault fault : Fault.values()) {
            if (fault.isPossible(world)) {
                for (int times = 0; times < fault.weight(); times++) {
                    possible.add(fault);
                }
            }
        }
        return possible;
    }

    private void strike(Fault fault, long ownSeed, Semaphore part) {
        try {
            note(fault + " begins");
            fault.strike(world, new Random(ownSeed));
            counts.computeIfAbsent(fault, any -> new AtomicInteger()).incrementAndGet();
            note(fault + " is over");
        } finally {
            part.release();
            atOnce.release();
        }
    }

    private synchronized void note(String what) {
        String line = Duration.between(start, Instant.now()).toMillis() + " ms: " + what;
        LOG.info("{}", line);
        try {
            Files.writeString(log, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
