package io.rowlake.cluster;

import io.rowlake.cli.BrokerSettings;
import io.rowlake.cli.Installation;
import io.rowlake.cli.LocalBroker;
import io.rowlake.cli.LocalWorker;
import io.rowlake.cli.WorkerSettings;
import java.io.IOException;
import java.nio.file.Path;

/** A process of its own that starts a broker and a worker, prints their pids and waits to be killed. */
final class ClusterParent {

    private ClusterParent() {}

    public static void main(String[] args) throws IOException {
        Path directory = Path.of(args[0]);
        Installation installation = Installation.fromSystemProperties();
        LocalBroker broker = LocalBroker.start(BrokerSettings.in(directory, installation.libraries()));
        LocalWorker worker = LocalWorker.start(
                WorkerSettings.in(directory, installation.libraries(), installation.plugins()),
                broker.bootstrapServers());
        System.out.println(broker.pid() + " " + worker.pid());
        int end = System.in.read();
        System.out.println("Ended by " + end);
    }
}
