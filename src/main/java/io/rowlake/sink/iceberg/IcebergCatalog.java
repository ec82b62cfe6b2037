package io.rowlake.sink.iceberg;

import io.rowlake.sink.ExistingTarget;
import io.rowlake.sink.RetriableSinkException;
import io.rowlake.sink.SinkException;
import io.rowlake.sink.TableSink;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.exceptions.NotAuthorizedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A catalog, opened when it is first needed, and the sinks of its tables. For one task. */
public final class IcebergCatalog implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(IcebergCatalog.class);

    /** The name of a catalog whose properties give none. */
    public static final String NAME_DEFAULT = "rowlake";

    private static final int ATTEMPTS_MAX = 10;
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Map<String, String> properties;
    private final InstantSource clock;
    private final List<Catalog> opened = new ArrayList<>();

    /** The properties are those of Iceberg: {@code type} or {@code catalog-impl}, {@code uri}, {@code warehouse} ... */
    public IcebergCatalog(Map<String, String> properties, InstantSource clock) {
        this.properties = Map.copyOf(properties);
        this.clock = clock;
    }

    /** The catalog's own name, under which a JDBC catalog keeps its tables: the property {@code name}, or rowlake. */
    public static String name(Map<String, String> properties) {
        return properties.getOrDefault("name", NAME_DEFAULT);
    }

    /** A sink for a table, which needs no table to be there yet. Asks nothing of the catalog. */
    public TableSink sink(IcebergSettings settings) {
        return settings.existing().action() == ExistingTarget.Action.REPLACE
                ? new ReplacingSink(this::catalog, settings, this::committer, clock)
                : table(settings);
    }

    /** The offsets of a table, to look at and to change. Asks nothing of the catalog. */
    public LedgerEdit ledger(IcebergSettings settings) {
        return new LedgerEdit(new TableAccess(this::catalog, settings), settings.branch());
    }

    /** A sink that never replaces what it finds. */
    IcebergSink table(IcebergSettings settings) {
        return new IcebergSink(new TableAccess(this::catalog, settings), settings, committer(settings), clock);
    }

    private TableCommitter committer(IcebergSettings settings) {
        return TableCommitter.shared(properties, settings.table(), settings.branch());
    }

    /**
     * The catalog itself.
     *
     * @throws SinkException if its properties are wrong, or it refuses the credentials
     * @throws RetriableSinkException if it can't be reached
     */
    public Catalog catalog() {
        if (opened.isEmpty()) {
            opened.add(open());
        }
        return opened.get(0);
    }

    @Override
    public void close() {
        for (Catalog catalog : opened) {
            if (catalog instanceof Closeable closeable) {
                close(closeable);
            }
        }
        opened.clear();
    }

    private Catalog open() {
        SqliteFile.makeDirectory(properties.getOrDefault("uri", ""));
        for (int attempt = 1; ; attempt++) {
            try {
                return CatalogUtil.buildIcebergCatalog(name(properties), properties, new Configuration(false));
            } catch (IllegalArgumentException
                    | UnsupportedOperationException
                    | NullPointerException
                    | NotAuthorizedException
                    | ForbiddenException e) {
                // Iceberg's catalogs throw the first three for a property that is wrong, unknown or missing.
                throw new SinkException("Cannot open the Iceberg catalog: " + e.getMessage(), e);
            } catch (RuntimeException e) {
                // Tasks that start together make the tables of a new JDBC catalog together, and one of them fails.
                if (attempt == ATTEMPTS_MAX) {
                    throw new RetriableSinkException("Cannot open the Iceberg catalog: " + reason(e), e);
                }
                LOG.info("Opening the Iceberg catalog failed, attempt {} of {}", attempt, ATTEMPTS_MAX, e);
                Pause.about(PAUSE.multipliedBy(attempt));
            }
        }
    }

    /** What the catalog says, and what is behind it: a JDBC catalog tells no more than that it could not connect. */
    private static String reason(RuntimeException failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.equals(failure)
                ? String.valueOf(failure.getMessage())
                : failure.getMessage() + ": " + root.getMessage();
    }

    private static void close(Closeable catalog) {
        try {
            catalog.close();
        } catch (IOException e) {
            LOG.warn("Cannot close the Iceberg catalog", e);
        }
    }
}
