package io.rowlake.cluster;

import io.rowlake.cli.Installation;
import io.rowlake.cli.LocalWorker;
import io.rowlake.cli.WorkerSettings;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** A real broker, and the real Connect workers that a test starts against it. Closing it leaves no process behind. */
public interface KafkaCluster extends AutoCloseable {

    /**
     * Starts the kind of broker that the system property {@code kafka} names: {@code process}, the default, or
     * {@code container}.
     */
    static KafkaCluster start(Path directory) {
        String kind = System.getProperty("kafka", "process");
        Installation installation = Installation.fromSystemProperties();
        return switch (kind) {
            case "process" -> new ProcessCluster(directory, installation);
            case "container" -> new ContainerCluster(directory, installation);
            default ->
                throw new IllegalArgumentException(
                        "System property kafka must be 'process' or 'container' but was '" + kind + "'");
        };
    }

    /** Where the integration tests of this build keep their files. */
    static Path workDirectory(String test) {
        return Path.of(System.getProperty("rowlake.work", "target/it"))
                .toAbsolutePath()
                .resolve(test);
    }

    String bootstrapServers();

    /** Starts one more worker; workers of one cluster need different names. Its {@code close()} stops it in order. */
    LocalWorker startWorker(UnaryOperator<WorkerSettings> adjustment);

    /** Starts a worker with the default settings. */
    default LocalWorker startWorker() {
        return startWorker(UnaryOperator.identity());
    }

    @Override
    void close();
}
