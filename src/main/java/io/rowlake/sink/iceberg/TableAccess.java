package io.rowlake.sink.iceberg;

import io.rowlake.event.TableName;
import io.rowlake.event.TableSchema;
import io.rowlake.sink.RetriableSinkException;
import io.rowlake.sink.SinkException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.NotAuthorizedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds one table in its catalog, or makes it, and notices when it becomes another. */
final class TableAccess {

    private static final Logger LOG = LoggerFactory.getLogger(TableAccess.class);

    private final Supplier<Catalog> catalog;
    private final IcebergSettings settings;
    private final TableIdentifier identifier;
    private final Function<TableSchema, Table> maker;
    private @Nullable Table table;
    private @Nullable UUID uuid;

    TableAccess(Supplier<Catalog> catalog, IcebergSettings settings) {
        this.catalog = catalog;
        this.settings = settings;
        this.identifier = identifier(settings.table());
        this.maker = this::make;
    }

    /**
     * @param maker makes the table with these columns where there is none
     */
    TableAccess(Supplier<Catalog> catalog, IcebergSettings settings, Function<TableSchema, Table> maker) {
        this.catalog = catalog;
        this.settings = settings;
        this.identifier = identifier(settings.table());
        this.maker = maker;
    }

    /** The table's name, as messages show it. */
    String name() {
        return settings.table().toString();
    }

    /** The table as it was when it was last asked for, or as our commit since then has left it. */
    Optional<Table> table() {
        Table known = table;
        if (known != null) {
            // After a commit most catalogs leave it to the next question to read the table again.
            reaching(known::schema);
        }
        return Optional.ofNullable(known);
    }

    /** Whether it is the table that this one writes to, and not another one under the same name. */
    boolean isOf(Table other) {
        return uuid == null || uuid.equals(other.uuid());
    }

    /** The table as it is now, empty if there is none. */
    Optional<Table> reload() {
        return reaching(() -> {
            Table loaded = load();
            if (loaded != null) {
                remember(loaded);
            } else if (uuid != null) {
                throw replaced("was dropped");
            }
            return Optional.ofNullable(loaded);
        });
    }

    /**
     * The table as it is now. What the catalog throws comes through as it is.
     *
     * @throws SinkException if it was dropped
     */
    Table present() {
        Table loaded = load();
        if (loaded == null) {
            throw replaced("was dropped");
        }
        remember(loaded);
        return loaded;
    }

    /** The table, made with these columns if there is none. */
    Table loadOrCreate(TableSchema columns) {
        return reaching(() -> {
            Table found = load();
            if (found == null) {
                return create(columns);
            }
            remember(found);
            return found;
        });
    }

    private @Nullable Table load() {
        return load(catalog.get(), identifier);
    }

    static @Nullable Table load(Catalog catalog, TableIdentifier identifier) {
        try {
            return catalog.loadTable(identifier);
        } catch (NoSuchTableException | NoSuchNamespaceException e) {
            return null;
        }
    }

    private Table create(TableSchema columns) {
        if (uuid != null) {
            throw replaced("was dropped");
        }
        createNamespaces();
        try {
            Table created = maker.apply(columns);
            LOG.info("Created table {} with {}, partitioned by {}", settings.table(), columns, created.spec());
            take(created);
            return created;
        } catch (RuntimeException e) {
            // Another task may have made it at the same time. Catalogs say so in many ways, so it is looked up.
            Table other = load();
            if (other == null) {
                throw e;
            }
            LOG.info("Table {} was created by another task at the same time", settings.table());
            remember(other);
            return other;
        }
    }

    private Table make(TableSchema columns) {
        Schema schema = SchemaMapping.schema(columns);
        return catalog.get()
                .buildTable(identifier, schema)
                .withPartitionSpec(settings.partitions().spec(schema))
                .withProperties(properties())
                .create();
    }

    private Map<String, String> properties() {
        Map<String, String> properties = new HashMap<>();
        properties.put(TableProperties.FORMAT_VERSION, String.valueOf(settings.formatVersion()));
        if (!settings.existing().owner().isEmpty()) {
            properties.put(TableOrigin.CONNECTOR, settings.existing().owner());
        }
        return properties;
    }

    private void createNamespaces() {
        if (!(catalog.get() instanceof SupportsNamespaces namespaces)) {
            return;
        }
        // Some catalogs let nobody look at the outer levels, so the whole is asked for first.
        if (namespaces.namespaceExists(identifier.namespace())) {
            return;
        }
        List<String> levels = settings.table().namespace();
        for (int depth = 1; depth <= levels.size(); depth++) {
            Namespace namespace = Namespace.of(levels.subList(0, depth).toArray(String[]::new));
            if (namespaces.namespaceExists(namespace)) {
                continue;
            }
            try {
                namespaces.createNamespace(namespace);
            } catch (RuntimeException e) {
                if (!namespaces.namespaceExists(namespace)) {
                    throw e;
                }
                LOG.debug("Namespace {} was created by another task at the same time", namespace, e);
            }
        }
    }

    private void remember(Table present) {
        if (uuid != null && !uuid.equals(present.uuid())) {
            throw replaced("was dropped and created anew");
        }
        if (uuid == null) {
            TableOrigin.requireMayWrite(name(), present, settings.existing());
        }
        if (uuid == null && !settings.partitions().agreeWith(present.spec())) {
            LOG.info("Table {} is there already and keeps its own partitions, {}", settings.table(), present.spec());
        }
        take(present);
    }

    private void take(Table present) {
        uuid = present.uuid();
        table = present;
    }

    /** The failure of a task whose table is another one now. */
    SinkException replaced(String what) {
        return new SinkException(
                "Cannot go on with table '" + settings.table() + "': it " + what
                        + " while the connector was writing to it. Restart the connector to write to the table that is there now");
    }

    private <T> T reaching(Supplier<T> request) {
        try {
            return request.get();
        } catch (SinkException | RetriableSinkException e) {
            throw e;
        } catch (NotAuthorizedException | ForbiddenException | IllegalArgumentException e) {
            throw new SinkException("Cannot open table '" + settings.table() + "': " + e.getMessage(), e);
        } catch (RuntimeException e) {
            throw new RetriableSinkException("Cannot reach table '" + settings.table() + "': " + e.getMessage(), e);
        }
    }

    static TableIdentifier identifier(TableName name) {
        return TableIdentifier.of(Namespace.of(name.namespace().toArray(String[]::new)), name.name());
    }
}
