package io.rowlake.cluster;

import io.rowlake.cli.BrokerSettings;
import io.rowlake.cli.Installation;
import io.rowlake.cli.LocalBroker;
import io.rowlake.cli.LocalWorker;
import io.rowlake.cli.WorkerSettings;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** The broker from the Maven artifacts, as a process. */
final class ProcessCluster implements KafkaCluster {

    private final LocalBroker broker;
    private final Workers workers;

    ProcessCluster(Path directory, Installation installation) {
        this.broker = LocalBroker.start(BrokerSettings.in(directory, installation.libraries()));
        this.workers = new Workers(directory, installation);
    }

    @Override
    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    @Override
    public LocalWorker startWorker(UnaryOperator<WorkerSettings> adjustment) {
        return workers.start(bootstrapServers(), adjustment);
    }

    long brokerPid() {
        return broker.pid();
    }

    @Override
    public void close() {
        workers.close();
        broker.close();
    }
}
