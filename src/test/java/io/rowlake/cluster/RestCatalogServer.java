package io.rowlake.cluster;

import io.rowlake.cli.ServerJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A REST catalog over a JDBC catalog, as a process of its own. It keeps its tables between restarts. */
public final class RestCatalogServer implements AutoCloseable {

    private final ServerJvm process;

    private RestCatalogServer(ServerJvm process) {
        this.process = process;
    }

    /**
     * Starts a catalog.
     *
     * @param fileIo how the server reads and writes metadata, as Iceberg's catalogs take it; empty for local files
     */
    public static RestCatalogServer start(Path directory, String warehouse, Map<String, String> fileIo) {
        int port = ServerJvm.freePort();
        List<String> arguments = new ArrayList<>(List.of(
                String.valueOf(port),
                "uri=jdbc:sqlite:" + directory.resolve("rest-catalog.db") + "?busy_timeout=10000&journal_mode=WAL",
                "jdbc.schema-version=V1",
                "warehouse=" + warehouse));
        fileIo.forEach((key, value) -> arguments.add(key + "=" + value));
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var program = new ServerJvm.Program(
                "rest-catalog",
                directory,
                System.getProperty("java.class.path"),
                "io.rowlake.cluster.RestCatalogProcess");
        return new RestCatalogServer(program.start(port, arguments));
    }

    public String uri() {
        return "http://127.0.0.1:" + process.port();
    }

    /** The process, for faults. */
    public ServerJvm process() {
        return process;
    }

    @Override
    public void close() {
        process.close();
    }
}
