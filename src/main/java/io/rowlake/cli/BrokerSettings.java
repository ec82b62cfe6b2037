package io.rowlake.cli;

import java.nio.file.Path;

/**
 * How a broker is started.
 *
 * @param libraries the directory of Kafka's jars
 * @param data where the topics lie; kept between runs
 * @param logs where logs and generated configuration lie
 * @param port the port that clients use, taken only when it is free
 * @param maxHeap as the JVM writes it: {@code 512m}
 */
public record BrokerSettings(Path libraries, Path data, Path logs, int port, String maxHeap) {

    /** A broker on any free port with the smallest heap that serves a demonstration. */
    public static BrokerSettings in(Path directory, Path libraries) {
        return new BrokerSettings(libraries, directory.resolve("kafka"), directory.resolve("logs"), 0, "512m");
    }

    /** The same, on this port where it is free. */
    public BrokerSettings preferringPort(int wanted) {
        return new BrokerSettings(libraries, data, logs, wanted, maxHeap);
    }
}
