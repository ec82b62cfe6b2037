package io.rowlake.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the faults of a plan happen at their pace, several at a time where they have different victims, and writes each to a
 * log.
 */
final class FaultRunner implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FaultRunner.class);

    private final Faults faults;
    private final CountDownLatch ceased;
    private final Path log;
    private final long start = System.nanoTime();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Future<?>> latest = new HashMap<>();
    private final Map<FaultKind, Integer> done = new EnumMap<>(FaultKind.class);
    private final List<String> notDone = new ArrayList<>();

    /** Opens the latch when the time of a run is over. */
    FaultRunner(Faults faults, CountDownLatch ceased, Path log) {
        this.faults = faults;
        this.ceased = ceased;
        this.log = log;
    }

    /** Returns when the time is over and all that went wrong is mended. */
    void run(FaultPlan plan, Duration duration) throws InterruptedException, ExecutionException {
        long end = System.nanoTime() + duration.toNanos();
        Fault fault = plan.next();
        while (isTimeFor(fault, end)) {
            Fault current = fault;
            latest.put(fault.exclusive(), threads.submit(() -> happen(current)));
            fault = plan.next();
        }
        ceased.countDown();
        note("No more faults");
        for (Future<?> last : List.copyOf(latest.values())) {
            last.get();
        }
        note("All is mended");
    }

    synchronized Map<FaultKind, Integer> done() {
        return Map.copyOf(done);
    }

    /** Faults that could not be done, or not be mended at once, and why. */
    synchronized List<String> notDone() {
        return List.copyOf(notDone);
    }

    /** Writes a line with the time since the start. */
    synchronized void note(String text) {
        double seconds = (System.nanoTime() - start) / 1e9;
        String line = String.format(Locale.ROOT, "%9.3f s  %s%n", seconds, text);
        try {
            Files.writeString(log, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        ceased.countDown();
        threads.shutdownNow();
    }

    /** After the gap, and after the fault before on the same victim. */
    private boolean isTimeFor(Fault fault, long end) throws InterruptedException, ExecutionException {
        long gap = Math.min(fault.gap().toNanos(), end - System.nanoTime());
        if (ceased.await(gap, TimeUnit.NANOSECONDS)) {
            return false;
        }
        Future<?> before = latest.get(fault.exclusive());
        if (before != null) {
            before.get();
        }
        return System.nanoTime() < end;
    }

    private void happen(Fault fault) {
        note(fault + " begins");
        try {
            faults.run(fault);
            count(fault);
            note(fault + " is over");
        } catch (IOException | RuntimeException e) {
            LOG.warn("{} was not done", fault, e);
            note(fault + " was not done: " + e);
            countNotDone(fault, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void count(Fault fault) {
        done.merge(fault.kind(), 1, Integer::sum);
    }

    private synchronized void countNotDone(Fault fault, Exception reason) {
        notDone.add(fault + ": " + reason);
    }
}
