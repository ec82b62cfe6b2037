package io.rowlake.cluster;

import io.rowlake.cli.Installation;
import io.rowlake.cli.LocalWorker;
import io.rowlake.cli.WorkerSettings;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/** The broker from the image of the Apache project, in a container; the workers are processes all the same. */
final class ContainerCluster implements KafkaCluster {

    private static final String IMAGE = "apache/kafka-native:4.3.1";

    private final KafkaContainer broker;
    private final Workers workers;

    ContainerCluster(Path directory, Installation installation) {
        this.broker = new KafkaContainer(DockerImageName.parse(System.getProperty("kafka.image", IMAGE))
                        .asCompatibleSubstituteFor("apache/kafka-native"))
                .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0")
                .withEnv("KAFKA_MESSAGE_MAX_BYTES", "16777216");
        broker.start();
        this.workers = new Workers(directory, installation);
    }

    @Override
    public String bootstrapServers() {
        return broker.getBootstrapServers();
    }

    @Override
    public LocalWorker startWorker(UnaryOperator<WorkerSettings> adjustment) {
        return workers.start(bootstrapServers(), adjustment);
    }

    @Override
    public void close() {
        workers.close();
        broker.stop();
    }
}
