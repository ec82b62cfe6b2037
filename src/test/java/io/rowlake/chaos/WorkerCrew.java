package io.rowlake.chaos;

import io.rowlake.cli.CommandException;
import io.rowlake.cli.Installation;
import io.rowlake.cli.LocalWorker;
import io.rowlake.cli.WorkerSettings;
import io.rowlake.cluster.Signals;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Distributed Connect workers of one cluster, each a process that can be killed, suspended and started again. */
final class WorkerCrew implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerCrew.class);
    private static final int STARTS_MAX = 5;

    /** Short, so that a worker that stands still for some seconds is taken for dead; 6 s is the least a broker accepts. */
    private static final Map<String, String> SHORT_SESSIONS = Map.of(
            "session.timeout.ms", "6000",
            "heartbeat.interval.ms", "2000",
            "rebalance.timeout.ms", "20000",
            "task.shutdown.graceful.timeout.ms", "3000",
            "reconnect.backoff.max.ms", "500",
            "consumer.session.timeout.ms", "6000",
            "consumer.heartbeat.interval.ms", "2000",
            "consumer.max.poll.interval.ms", "15000",
            "consumer.reconnect.backoff.max.ms", "500");

    private final List<LocalWorker> workers = new ArrayList<>();
    private final Set<Long> suspended = ConcurrentHashMap.newKeySet();
    private final Thread wakeAtExit = new Thread(this::wakeAll, "wake-workers");

    WorkerCrew(Path directory, Installation installation, String bootstrapServers, int size) {
        // A process that stands still would not notice that this one has ended.
        Runtime.getRuntime().addShutdownHook(wakeAtExit);
        for (int number = 1; number <= size; number++) {
            WorkerSettings settings = WorkerSettings.in(directory, installation.libraries(), installation.plugins())
                    .named("worker-" + number);
            for (Map.Entry<String, String> property : SHORT_SESSIONS.entrySet()) {
                settings = settings.with(property.getKey(), property.getValue());
            }
            workers.add(LocalWorker.start(settings, bootstrapServers));
        }
    }

    List<URI> addresses() {
        return workers.stream().map(worker -> worker.rest().uri()).toList();
    }

    List<Path> logs() {
        return workers.stream().map(LocalWorker::log).toList();
    }

    void kill(int number) {
        workers.get(number).kill();
    }

    /** In order, as SIGTERM asks for. */
    void stop(int number) {
        workers.get(number).close();
    }

    void suspend(int number) {
        long pid = workers.get(number).pid();
        suspended.add(pid);
        Signals.suspend(pid);
    }

    void wake(int number) {
        long pid = workers.get(number).pid();
        Signals.proceed(pid);
        suspended.remove(pid);
    }

    /** Starts a worker that has ended. Tries more than once, because the broker may be away meanwhile. */
    void revive(int number) {
        LocalWorker worker = workers.get(number);
        for (int attempt = 1; attempt < STARTS_MAX; attempt++) {
            try {
                worker.restart();
                return;
            } catch (CommandException e) {
                LOG.info("Worker {} did not start, attempt {}", number + 1, attempt, e);
            }
        }
        worker.restart();
    }

    /** Starts those that have ended without being told to, and names them. */
    List<String> reviveDead() {
        var dead = new ArrayList<String>();
        for (int number = 0; number < workers.size(); number++) {
            boolean alive = ProcessHandle.of(workers.get(number).pid())
                    .map(ProcessHandle::isAlive)
                    .orElse(false);
            if (!alive) {
                dead.add("worker-" + (number + 1));
                revive(number);
            }
        }
        return dead;
    }

    @Override
    public void close() {
        wakeAll();
        workers.forEach(LocalWorker::kill);
        Runtime.getRuntime().removeShutdownHook(wakeAtExit);
    }

    private void wakeAll() {
        suspended.forEach(Signals::proceed);
    }
}
