package io.rowlake.cli;

import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * A distributed Kafka Connect worker in a JVM of its own, reachable from this machine only.
 *
 * <p>Connectors, their offsets and status lie in topics of the broker, so they survive the worker. It ends with the
 * process that started it.
 */
public final class LocalWorker implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final String BYTES = "org.apache.kafka.connect.converters.ByteArrayConverter";
    private static final Map<String, String> DEFAULTS = Map.ofEntries(
            Map.entry("group.id", "rowlake-workers"),
            Map.entry("key.converter", BYTES),
            Map.entry("value.converter", BYTES),
            Map.entry("config.storage.topic", "connect-configs"),
            Map.entry("config.storage.replication.factor", "1"),
            Map.entry("offset.storage.topic", "connect-offsets"),
            Map.entry("offset.storage.replication.factor", "1"),
            Map.entry("offset.storage.partitions", "1"),
            Map.entry("status.storage.topic", "connect-status"),
            Map.entry("status.storage.replication.factor", "1"),
            Map.entry("status.storage.partitions", "1"),
            Map.entry("plugin.discovery", "service_load"),
            Map.entry("connector.client.config.override.policy", "All"),
            Map.entry("consumer.max.partition.fetch.bytes", "16777216"),
            Map.entry("scheduled.rebalance.max.delay.ms", "0"));

    private final WorkerSettings settings;
    private final ConnectRest rest;
    private final Path configuration;
    private ChildJvm process;

    private LocalWorker(WorkerSettings settings, String bootstrapServers) {
        this.settings = settings;
        int port = settings.port() == 0 ? FreePort.any() : FreePort.preferring(settings.port());
        this.rest = new ConnectRest(URI.create("http://127.0.0.1:" + port));
        this.configuration = settings.logs().resolve(settings.name() + ".properties");
        writeConfiguration(bootstrapServers);
        this.process = launch();
    }

    /**
     * Starts a worker and waits until it is ready to take connectors.
     *
     * @throws CommandException if it does not come up
     */
    public static LocalWorker start(WorkerSettings settings, String bootstrapServers) {
        return new LocalWorker(settings, bootstrapServers);
    }

    public ConnectRest rest() {
        return rest;
    }

    public long pid() {
        return process.pid();
    }

    /** The file that the worker and its connectors log to. */
    public Path log() {
        return jvm().log();
    }

    /**
     * Does nothing while the worker runs.
     *
     * @throws CommandException if it has ended, with the end of its log
     */
    void failIfEnded() {
        if (!process.isAlive()) {
            throw process.failure("The worker ended with exit code " + process.await());
        }
    }

    /** Ends the worker at once, as {@code kill -9} does. */
    public void kill() {
        process.kill();
    }

    /** Starts the worker again on the same port; ends it first where it still runs. */
    public void restart() {
        process.stop();
        process = launch();
    }

    /** Stops the worker in order, or by force when that takes too long. */
    @Override
    public void close() {
        process.stop();
    }

    private ChildJvm launch() {
        return ChildJvm.start(
                        jvm(), "org.apache.kafka.connect.cli.ConnectDistributed", List.of(configuration.toString()))
                .awaitReady(START_LIMIT, rest::isHealthy);
    }

    private JvmSettings jvm() {
        return new JvmSettings(
                settings.name(), settings.logs(), settings.libraries() + "/*", settings.maxHeap(), List.of());
    }

    private void writeConfiguration(String bootstrapServers) {
        var properties = new Properties();
        properties.putAll(DEFAULTS);
        properties.put("bootstrap.servers", bootstrapServers);
        properties.put("listeners", rest.uri().toString());
        properties.put("plugin.path", settings.plugins().toString());
        properties.put(
                "offset.flush.interval.ms",
                Long.toString(settings.offsetFlushInterval().toMillis()));
        properties.putAll(settings.overrides());
        try {
            Files.createDirectories(settings.logs());
            try (Writer writer = Files.newBufferedWriter(configuration)) {
                properties.store(writer, "Kafka Connect worker, written by rowlake");
            }
        } catch (IOException e) {
            throw new CommandException(
                    "Cannot write the configuration of the worker to " + configuration + ": "
                            + CommandException.reason(e),
                    e);
        }
    }
}
