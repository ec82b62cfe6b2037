package io.rowlake.cluster;

import io.rowlake.cli.ServerJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A real S3 server, as a process of its own, that keeps its objects in a directory. It decides preconditions of writes
 * atomically.
 */
public final class S3Server implements AutoCloseable {

    public static final String ACCESS_KEY = "rowlake-test";
    public static final String SECRET_KEY = "rowlake-secret";
    public static final String REGION = "us-east-1";

    private final ServerJvm process;

    private S3Server(ServerJvm process) {
        this.process = process;
    }

    /** Starts a server with these buckets. */
    public static S3Server start(Path directory, String... buckets) {
        int port = ServerJvm.freePort();
        Path data = directory.resolve("s3-data");
        Path configuration = directory.resolve("s3-server.properties");
        try {
            for (String bucket : buckets) {
                Files.createDirectories(data.resolve(bucket));
            }
            Files.writeString(configuration, configuration(port, data), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String libraries = System.getProperty("rowlake.s3.lib");
        var program = new ServerJvm.Program("s3-server", directory, libraries + "/*", "org.gaul.s3proxy.Main");
        return new S3Server(program.start(port, List.of("--properties", configuration.toString())));
    }

    public String endpoint() {
        return "http://127.0.0.1:" + process.port();
    }

    /** What Iceberg's {@code S3FileIO} needs to reach this server. */
    public static Map<String, String> fileIoProperties(String endpoint) {
        return Map.of(
                "io-impl", "org.apache.iceberg.aws.s3.S3FileIO",
                "s3.endpoint", endpoint,
                "s3.path-style-access", "true",
                "s3.access-key-id", ACCESS_KEY,
                "s3.secret-access-key", SECRET_KEY,
                "client.region", REGION);
    }

    /** The process, for faults. */
    public ServerJvm process() {
        return process;
    }

    @Override
    public void close() {
        process.close();
    }

    private static String configuration(int port, Path data) {
        return String.join(
                "\n",
                "s3proxy.endpoint=http://127.0.0.1:" + port,
                "s3proxy.authorization=aws-v2-or-v4",
                "s3proxy.identity=" + ACCESS_KEY,
                "s3proxy.credential=" + SECRET_KEY,
                "jclouds.provider=filesystem-nio2",
                "jclouds.filesystem.basedir=" + data,
                "");
    }
}
