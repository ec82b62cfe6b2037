package io.rowlake.chaos;

import io.rowlake.cli.BrokerSettings;
import io.rowlake.cli.Installation;
import io.rowlake.cli.LocalBroker;
import io.rowlake.cli.LocalWorker;
import io.rowlake.cli.WorkerSettings;
import io.rowlake.cluster.RestCatalogServer;
import io.rowlake.cluster.S3Server;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A broker, workers, a REST catalog and an S3 server as processes of their own, with a proxy before each of the last two. */
final class ChaosWorld implements AutoCloseable {

    static final String NAMESPACE = "lake";

    /** Workers that are there from the beginning; one more comes and goes. */
    static final int WORKERS = 2;

    private static final String BUCKET = "lake";

    private final Path directory;
    private final Installation installation = Installation.fromSystemProperties();
    private final LocalBroker broker;
    private final S3Server s3;
    private final FaultProxy s3Proxy;
    private final RestCatalogServer catalog;
    private final FaultProxy catalogProxy;
    private final SmallDisk disk;
    private final List<LocalWorker> workers = new ArrayList<>();

    ChaosWorld(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
        disk = SmallDisk.in(directory.resolve("files"));
        broker = LocalBroker.start(BrokerSettings.in(directory, installation.libraries()));
        s3 = S3Server.start(directory, BUCKET);
        s3Proxy = new FaultProxy(URI.create(s3.endpoint()));
        // The catalog's own files go straight to the store: its faults are those of its proxy.
        catalog = RestCatalogServer.start(
                directory, "s3://" + BUCKET + "/warehouse", S3Server.fileIoProperties(s3.endpoint()));
        catalogProxy = new FaultProxy(URI.create(catalog.uri()));
        for (int number = 0; number < WORKERS; number++) {
            workers.add(startWorker(number));
        }
    }

    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    LocalBroker broker() {
        return broker;
    }

    FaultProxy catalogProxy() {
        return catalogProxy;
    }

    FaultProxy s3Proxy() {
        return s3Proxy;
    }

    RestCatalogServer catalog() {
        return catalog;
    }

    SmallDisk disk() {
        return disk;
    }

    LocalWorker worker(int number) {
        return workers.get(number);
    }

    /** One more worker, which the caller stops. */
    LocalWorker startWorker(int number) {
        WorkerSettings settings = WorkerSettings.in(directory, installation.libraries(), installation.plugins())
                .named("worker-" + number)
                .withMaxHeap("768m")
                .with("session.timeout.ms", "6000")
                .with("heartbeat.interval.ms", "1500")
                .with("rebalance.timeout.ms", "15000")
                .with("task.shutdown.graceful.timeout.ms", "3000");
        return LocalWorker.start(settings, broker.bootstrapServers());
    }

    /** Somebody who looks after the connectors through whichever worker answers. */
    Operator operator() {
        return new Operator(workers.stream().map(worker -> worker.rest().uri()).toList());
    }

    /** By name, the connectors. */
    Map<String, Map<String, String>> connectors() {
        return Map.of("to-iceberg", iceberg(), "to-files", jsonLines());
    }

    /** What a reader needs to see the tables, with no proxy in between. */
    Map<String, String> readerProperties() {
        Map<String, String> properties = new HashMap<>(S3Server.fileIoProperties(s3.endpoint()));
        properties.put("type", "rest");
        properties.put("uri", catalog.uri());
        return properties;
    }

    Path files() {
        return disk.directory();
    }

    @Override
    public void close() {
        workers.forEach(worker -> {
            Signals.resume(worker.pid());
            worker.kill();
        });
        catalogProxy.close();
        catalog.close();
        s3Proxy.close();
        s3.close();
        broker.kill();
        disk.close();
    }

    private Map<String, String> iceberg() {
        Map<String, String> config = common("iceberg");
        config.put("iceberg.table", NAMESPACE + ".${topic}");
        Map<String, String> properties = new HashMap<>(S3Server.fileIoProperties(s3Proxy.uri()));
        properties.put("type", "rest");
        properties.put("uri", catalogProxy.uri());
        properties.forEach((key, value) -> config.put("iceberg.catalog." + key, value));
        return config;
    }

    private Map<String, String> jsonLines() {
        Map<String, String> config = common("jsonl");
        config.put("files.directory", disk.directory().toString());
        config.put("files.roll.interval.ms", "1500");
        return config;
    }

    private static Map<String, String> common(String destination) {
        Map<String, String> config = new HashMap<>();
        config.put("connector.class", "io.rowlake.connect.LakehouseSinkConnector");
        config.put("tasks.max", "3");
        config.put("topics", String.join(",", SequencedChanges.TOPICS.keySet()));
        config.put("destination", destination);
        config.put("batch.size.bytes", "1048576");
        config.put("flush.interval.ms", "700");
        config.put("retry.backoff.ms", "500");
        config.put("consumer.override.session.timeout.ms", "6000");
        config.put("consumer.override.heartbeat.interval.ms", "1500");
        config.put("consumer.override.max.poll.interval.ms", "20000");
        return config;
    }
}
