package io.rowlake.cluster;

import io.rowlake.cli.Installation;
import io.rowlake.cli.LocalWorker;
import io.rowlake.cli.WorkerSettings;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.UnaryOperator;

/** The workers of one cluster, closed the last one first. */
final class Workers implements AutoCloseable {

    private final WorkerSettings defaults;
    private final Deque<LocalWorker> running = new ArrayDeque<>();

    Workers(Path directory, Installation installation) {
        this.defaults = WorkerSettings.in(directory, installation.libraries(), installation.plugins());
    }

    LocalWorker start(String bootstrapServers, UnaryOperator<WorkerSettings> adjustment) {
        LocalWorker worker = LocalWorker.start(adjustment.apply(defaults), bootstrapServers);
        running.push(worker);
        return worker;
    }

    @Override
    public void close() {
        while (!running.isEmpty()) {
            running.pop().close();
        }
    }
}
