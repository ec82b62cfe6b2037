package io.rowlake.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How a Kafka Connect worker is started.
 *
 * @param name tells the workers of one directory apart
 * @param libraries the directory of Kafka's jars
 * @param plugins the worker's {@code plugin.path}
 * @param logs where logs and generated configuration lie
 * @param port the port of the REST interface, taken only when it is free; 0 for any
 * @param maxHeap as the JVM writes it: {@code 1g}
 * @param offsetFlushInterval how often consumed offsets are committed
 * @param overrides worker properties that go before the ones set here
 */
public record WorkerSettings(
        String name,
        Path libraries,
        Path plugins,
        Path logs,
        int port,
        String maxHeap,
        Duration offsetFlushInterval,
        Map<String, String> overrides) {

    public WorkerSettings {
        overrides = Map.copyOf(overrides);
    }

    /** A worker on any free port that commits offsets every second. */
    public static WorkerSettings in(Path directory, Path libraries, Path plugins) {
        Path logs = directory.resolve("logs");
        return new WorkerSettings("worker", libraries, plugins, logs, 0, "1g", Duration.ofSeconds(1), Map.of());
    }

    /** The same under another name, so that a directory can hold several. */
    public WorkerSettings named(String other) {
        return new WorkerSettings(other, libraries, plugins, logs, port, maxHeap, offsetFlushInterval, overrides);
    }

    /** The same, on this port where it is free. */
    public WorkerSettings preferringPort(int wanted) {
        return new WorkerSettings(name, libraries, plugins, logs, wanted, maxHeap, offsetFlushInterval, overrides);
    }

    /** The same with another heap. */
    public WorkerSettings withMaxHeap(String heap) {
        return new WorkerSettings(name, libraries, plugins, logs, port, heap, offsetFlushInterval, overrides);
    }

    /** The same with another {@code offset.flush.interval.ms}. */
    public WorkerSettings withOffsetFlushInterval(Duration interval) {
        return new WorkerSettings(name, libraries, plugins, logs, port, maxHeap, interval, overrides);
    }

    /** The same with one worker property more. */
    public WorkerSettings with(String key, String value) {
        var more = new HashMap<>(overrides);
        more.put(key, value);
        return new WorkerSettings(name, libraries, plugins, logs, port, maxHeap, offsetFlushInterval, more);
    }
}
