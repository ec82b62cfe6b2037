package io.rowlake.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Uuid;

/**
 * A Kafka broker of one node in a JVM of its own, reachable from this machine only.
 *
 * <p>It keeps its topics between runs in the same directory, and ends with the process that started it.
 */
public final class LocalBroker implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(1);
    private static final Duration PROBE = Duration.ofSeconds(2);
    private static final String CONFIGURATION = """
            process.roles=broker,controller
            node.id=1
            listeners=PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d
            advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
            controller.listener.names=CONTROLLER
            controller.quorum.voters=1@127.0.0.1:%2$d
            log.dirs=%s
            offsets.topic.num.partitions=1
            offsets.topic.replication.factor=1
            transaction.state.log.num.partitions=1
            transaction.state.log.replication.factor=1
            transaction.state.log.min.isr=1
            share.coordinator.state.topic.num.partitions=1
            share.coordinator.state.topic.replication.factor=1
            share.coordinator.state.topic.min.isr=1
            group.initial.rebalance.delay.ms=0
            auto.create.topics.enable=false
            message.max.bytes=16777216
            replica.fetch.max.bytes=16777216
            log.retention.ms=-1
            log.cleaner.dedupe.buffer.size=2097152
            num.network.threads=2
            num.io.threads=2
            """;

    private final BrokerSettings settings;
    private final int port;
    private final Path configuration;
    private ChildJvm process;

    private LocalBroker(BrokerSettings settings) {
        this.settings = settings;
        this.port = settings.port() == 0 ? FreePort.any() : FreePort.preferring(settings.port());
        this.configuration = settings.logs().resolve("broker.properties");
        writeConfiguration();
        formatWhenNew();
        this.process = launch();
    }

    /**
     * Starts a broker and waits until it answers.
     *
     * @throws CommandException if it does not come up
     */
    public static LocalBroker start(BrokerSettings settings) {
        return new LocalBroker(settings);
    }

    /** As in {@code 127.0.0.1:9092}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    public long pid() {
        return process.pid();
    }

    /**
     * Does nothing while the broker runs.
     *
     * @throws CommandException if it has ended, with the end of its log
     */
    void failIfEnded() {
        if (!process.isAlive()) {
            throw process.failure("The broker ended with exit code " + process.await());
        }
    }

    /** Ends the broker at once, as {@code kill -9} does. */
    public void kill() {
        process.kill();
    }

    /** Starts the broker again on the same port and the same topics; ends it first where it still runs. */
    public void restart() {
        process.stop();
        process = launch();
    }

    /** Stops the broker in order, or by force when that takes too long. */
    @Override
    public void close() {
        process.stop();
    }

    private ChildJvm launch() {
        return ChildJvm.start(jvm("broker"), "kafka.Kafka", List.of(configuration.toString()))
                .awaitReady(START_LIMIT, this::answers);
    }

    private boolean answers() {
        Map<String, Object> properties = Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers(),
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PROBE.toMillis(),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PROBE.toMillis());
        try (Admin admin = Admin.create(properties)) {
            return !admin.describeCluster()
                    .nodes()
                    .get(PROBE.toMillis(), TimeUnit.MILLISECONDS)
                    .isEmpty();
        } catch (ExecutionException | TimeoutException notYet) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CommandException("Interrupted while waiting for the broker", interrupted);
        }
    }

    private void formatWhenNew() {
        if (Files.exists(settings.data().resolve("meta.properties"))) {
            return;
        }
        List<String> arguments =
                List.of("format", "-t", Uuid.randomUuid().toString(), "-c", configuration.toString(), "-g");
        ChildJvm format = ChildJvm.start(jvm("broker-format"), "kafka.tools.StorageTool", arguments);
        int code = format.await();
        if (code != 0) {
            throw format.startFailure("its storage cannot be formatted, exit code " + code);
        }
    }

    private JvmSettings jvm(String name) {
        return new JvmSettings(name, settings.logs(), settings.libraries() + "/*", settings.maxHeap(), List.of());
    }

    private void writeConfiguration() {
        String text = CONFIGURATION.formatted(
                port, FreePort.any(), settings.data().toString().replace("\\", "\\\\"));
        try {
            Files.createDirectories(settings.data());
            Files.createDirectories(settings.logs());
            Files.writeString(configuration, text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CommandException(
                    "Cannot write the configuration of the broker to " + settings.logs() + ": "
                            + CommandException.reason(e),
                    e);
        }
    }
}
