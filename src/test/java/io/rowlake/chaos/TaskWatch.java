package io.rowlake.chaos;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Restarts tasks that have failed, as an operator would, and notes each: a connector should outlast the faults by itself. */
final class TaskWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TaskWatch.class);
    private static final long PERIOD_MILLIS = 2_000;

    private final ConnectOperator operator;
    private final Consumer<String> notes;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final List<String> failures = new ArrayList<>();

    TaskWatch(ConnectOperator operator, Consumer<String> notes) {
        this.operator = operator;
        this.notes = notes;
        var unused = thread.scheduleWithFixedDelay(this::look, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Each with its trace. */
    synchronized List<String> failures() {
        return List.copyOf(failures);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void look() {
        for (String connector : ChaosConnectors.NAMES) {
            try {
                for (ConnectOperator.FailedTask failed : operator.failures(connector)) {
                    note(failed);
                    operator.restart(connector, failed.task());
                }
            } catch (IOException e) {
                // No worker answers now, which is one of the faults
                LOG.debug("Cannot look after {}", connector, e);
            } catch (RuntimeException e) {
                // The watch goes on; a scheduled task that throws would not be called again
                LOG.warn("Cannot look after {}", connector, e);
            }
        }
    }

    private synchronized void note(ConnectOperator.FailedTask failed) {
        failures.add("Task " + failed.task() + " of " + failed.connector() + " at " + failed.worker() + " failed: "
                + failed.trace());
        notes.accept("Task " + failed.task() + " of " + failed.connector() + " failed and is restarted: "
                + failed.trace().lines().findFirst().orElse(""));
    }
}
