package io.rowlake.chaos;

import io.rowlake.cluster.S3Server;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The connectors of the run and their options. All take all topics. */
final class ChaosConnectors {

    static final String ICEBERG = "iceberg";
    static final String JSONL = "jsonl";
    static final String CSV = "csv";
    static final List<String> NAMES = List.of(ICEBERG, JSONL, CSV);

    private static final int TASKS = 3;

    static final String BUCKET = "lake";
    static final String WAREHOUSE = "s3://" + BUCKET + "/warehouse";

    private final Map<String, Map<String, String>> configs = new TreeMap<>();

    /** The addresses are those of the proxies. */
    ChaosConnectors(String catalog, String store, Path jsonl, Path csv) {
        Map<String, String> iceberg = common("iceberg");
        iceberg.put("iceberg.table", "lake.${topic}");
        catalogProperties(catalog, store).forEach((key, value) -> iceberg.put("iceberg.catalog." + key, value));
        configs.put(ICEBERG, iceberg);
        configs.put(JSONL, files("jsonl", jsonl));
        configs.put(CSV, files("csv", csv));
    }

    /** How a client of Iceberg reaches the catalog and its files. */
    static Map<String, String> catalogProperties(String catalog, String store) {
        Map<String, String> properties = new HashMap<>(S3Server.fileIoProperties(store));
        properties.put("type", "rest");
        properties.put("uri", catalog);
        // Without these, a client waits for a late answer longer than the run lasts.
        properties.put("rest.client.connection-timeout-ms", "3000");
        properties.put("rest.client.socket-timeout-ms", "3000");
        properties.put("http-client.apache.socket-timeout-ms", "5000");
        return properties;
    }

    Map<String, String> config(String name) {
        return Map.copyOf(configs.getOrDefault(name, Map.of()));
    }

    /** The configuration with another interval and number of tasks, which is the connector's from now on. */
    Map<String, String> reconfigured(String name, int flushMillis, int tasks) {
        Map<String, String> config = new TreeMap<>(config(name));
        config.put("flush.interval.ms", Integer.toString(flushMillis));
        config.put("tasks.max", Integer.toString(tasks));
        configs.put(name, config);
        return config;
    }

    private static Map<String, String> files(String format, Path directory) {
        Map<String, String> config = common(format);
        config.put("files.directory", directory.toString());
        config.put("files.roll.interval.ms", "1500");
        config.put("files.roll.size.bytes", "40000");
        return config;
    }

    private static Map<String, String> common(String destination) {
        return new TreeMap<>(Map.of(
                "connector.class", "io.rowlake.connect.LakehouseSinkConnector",
                "tasks.max", Integer.toString(TASKS),
                "topics", String.join(",", ChaosTopics.NAMES),
                "destination", destination,
                "batch.size.bytes", "1048576",
                "flush.interval.ms", "500",
                "retry.backoff.ms", "500"));
    }
}
