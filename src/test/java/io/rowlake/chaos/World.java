package io.rowlake.chaos;

import io.rowlake.chaos.FaultKind.Victim;
import io.rowlake.cli.BrokerSettings;
import io.rowlake.cli.Installation;
import io.rowlake.cli.LocalBroker;
import io.rowlake.cluster.RestCatalogServer;
import io.rowlake.cluster.S3Server;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every process of a run: a broker, an S3 server, a REST catalog whose files are in S3, and Connect workers that reach both
 * through proxies.
 */
final class World implements AutoCloseable {

    static final int WORKERS = 3;

    private static final Logger LOG = LoggerFactory.getLogger(World.class);
    private static final int DISK_MEGABYTES = 384;

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Path directory;
    private final Optional<SmallDisk> disk;
    private final LocalBroker broker;
    private final S3Server store;
    private final RestCatalogServer catalog;
    private final FaultProxy storeProxy;
    private final FaultProxy catalogProxy;
    private final ChaosConnectors connectors;
    private final WorkerCrew workers;

    World(Path directory, long seed) {
        this.directory = directory;
        Installation installation = Installation.fromSystemProperties();
        try {
            disk = SmallDisk.mount(directory.resolve("disk"), DISK_MEGABYTES);
            disk.ifPresent(open::push);
            broker = opened(LocalBroker.start(BrokerSettings.in(directory, installation.libraries())));
            store = opened(S3Server.start(directory.resolve("s3"), ChaosConnectors.BUCKET));
            catalog = opened(RestCatalogServer.start(
                    directory.resolve("catalog"),
                    ChaosConnectors.WAREHOUSE,
                    S3Server.fileIoProperties(store.endpoint())));
            storeProxy = opened(new FaultProxy(store.endpoint(), seed));
            catalogProxy = opened(new FaultProxy(catalog.uri(), seed));
            connectors = new ChaosConnectors(catalogProxy.uri(), storeProxy.uri(), jsonlDirectory(), csvDirectory());
            workers = opened(new WorkerCrew(directory, installation, broker.bootstrapServers(), WORKERS));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Which kinds of faults are possible on this machine. */
    List<FaultKind> kinds() {
        return Stream.of(FaultKind.values())
                .filter(kind -> kind.victim() != Victim.DISK || disk.isPresent())
                .toList();
    }

    static Map<Victim, Integer> victims() {
        return Map.of(Victim.WORKER, WORKERS, Victim.CONNECTOR, ChaosConnectors.NAMES.size());
    }

    LocalBroker broker() {
        return broker;
    }

    S3Server store() {
        return store;
    }

    RestCatalogServer catalog() {
        return catalog;
    }

    FaultProxy storeProxy() {
        return storeProxy;
    }

    FaultProxy catalogProxy() {
        return catalogProxy;
    }

    Optional<SmallDisk> disk() {
        return disk;
    }

    WorkerCrew workers() {
        return workers;
    }

    ChaosConnectors connectors() {
        return connectors;
    }

    Path jsonlDirectory() {
        return disk.map(SmallDisk::directory).orElse(directory).resolve("jsonl");
    }

    Path csvDirectory() {
        return directory.resolve("csv");
    }

    /** Past the proxies, for whoever reads the outcome. */
    Map<String, String> catalogProperties() {
        return ChaosConnectors.catalogProperties(catalog.uri(), store.endpoint());
    }

    /** Keeps what would go with the disk. */
    void keepDisk() {
        disk.ifPresent(small -> small.copyTo(directory.resolve("disk-kept")));
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                LOG.warn("Cannot close a part of the run", e);
            }
        }
    }

    private <T extends AutoCloseable> T opened(T part) {
        open.push(part);
        return part;
    }
}
