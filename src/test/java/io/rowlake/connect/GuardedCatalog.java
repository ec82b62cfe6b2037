package io.rowlake.connect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.jdbc.JdbcCatalog;

/** A catalog that denies access to the table whose name stands in a file, as long as there is one. */
public final class GuardedCatalog extends JdbcCatalog {

    private Path denied = Path.of("");

    @Override
    public void initialize(String name, Map<String, String> properties) {
        denied = Path.of(properties.getOrDefault("denied", ""));
        super.initialize(name, properties);
    }

    @Override
    public Table loadTable(TableIdentifier identifier) {
        if (isDenied(identifier)) {
            throw new ForbiddenException("Not authorized: %s", identifier);
        }
        return super.loadTable(identifier);
    }

    private boolean isDenied(TableIdentifier identifier) {
        try {
            return Files.exists(denied) && Files.readString(denied).equals(identifier.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
