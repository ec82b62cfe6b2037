package io.rowlake.cli;

import io.rowlake.event.TableName;
import io.rowlake.sink.iceberg.IcebergCatalog;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchTableException;

/** An Iceberg catalog that is read from. */
final class CatalogConnection implements AutoCloseable {

    private static final String SQLITE = "jdbc:sqlite:";

    private final Catalog catalog;

    private CatalogConnection(Catalog catalog) {
        this.catalog = catalog;
    }

    /**
     * Opens the catalog that Iceberg's properties describe: {@code type}, {@code uri}, {@code warehouse} and the
     * catalog's own.
     *
     * @throws CommandException if it cannot be opened
     */
    static CatalogConnection open(Map<String, String> properties) {
        failIfDatabaseIsMissing(properties.getOrDefault("uri", ""));
        try {
            return new CatalogConnection(
                    CatalogUtil.buildIcebergCatalog(IcebergCatalog.name(properties), properties, null));
        } catch (RuntimeException e) {
            throw new CommandException(
                    "Cannot open the Iceberg catalog with the properties " + new TreeSet<>(properties.keySet()) + ": "
                            + CommandException.reason(e),
                    e);
        }
    }

    /**
     * Loads a table.
     *
     * @throws CommandException if there is none of this name; the message names the ones there are
     */
    Table load(TableName name) {
        var namespace = Namespace.of(name.namespace().toArray(String[]::new));
        try {
            return catalog.loadTable(TableIdentifier.of(namespace, name.name()));
        } catch (NoSuchTableException | NoSuchNamespaceException missing) {
            throw new CommandException(
                    "Cannot find table " + name + ": namespace " + namespace + " has " + tables(namespace), missing);
        } catch (RuntimeException e) {
            throw new CommandException("Cannot load table " + name + ": " + CommandException.reason(e), e);
        }
    }

    /** SQLite makes the file that it does not find, and a look at a catalog must not make one. */
    private static void failIfDatabaseIsMissing(String uri) {
        if (!uri.startsWith(SQLITE)) {
            return;
        }
        Path file = Path.of(uri.substring(SQLITE.length()).split("\\?", 2)[0]);
        if (!Files.exists(file)) {
            throw new CommandException("Cannot open the Iceberg catalog: the database " + file + " does not exist");
        }
    }

    private String tables(Namespace namespace) {
        try {
            var names = new TreeSet<String>();
            catalog.listTables(namespace).forEach(table -> names.add(table.name()));
            return names.isEmpty() ? "no tables" : "the tables " + String.join(", ", names);
        } catch (NoSuchNamespaceException missing) {
            return "not been created";
        }
    }

    @Override
    public void close() {
        if (catalog instanceof Closeable closeable) {
            try {
                closeable.close();
            } catch (IOException e) {
                throw new CommandException("Cannot close the Iceberg catalog: " + CommandException.reason(e), e);
            }
        }
    }
}
