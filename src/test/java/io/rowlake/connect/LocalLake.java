package io.rowlake.connect;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.jdbc.JdbcCatalog;

/** A lake of real tables in a directory, which a connector writes to. Each topic has a table of its name. */
record LocalLake(Path directory) {

    /** The options of a connector that writes to the lake, and more of them. */
    Map<String, String> options(Map<String, String> more) {
        Map<String, String> options = new HashMap<>(Map.of(
                "name", "lake",
                "topics", "images",
                "destination", "iceberg",
                "iceberg.table", "lake.${topic}",
                "iceberg.catalog.catalog-impl", JdbcCatalog.class.getName()));
        properties().forEach((key, value) -> options.put("iceberg.catalog." + key, value));
        options.putAll(more);
        return options;
    }

    /** A connection of its own, which the caller closes. */
    JdbcCatalog catalog() {
        return (JdbcCatalog)
                CatalogUtil.loadCatalog(JdbcCatalog.class.getName(), "rowlake", properties(), new Configuration(false));
    }

    static Table table(JdbcCatalog catalog, String topic) {
        return catalog.loadTable(TableIdentifier.of("lake", topic));
    }

    /** The values of the column {@code id}. */
    List<Object> ids(String topic) throws IOException {
        List<Object> ids = new ArrayList<>();
        try (JdbcCatalog catalog = catalog();
                CloseableIterable<Record> rows =
                        IcebergGenerics.read(table(catalog, topic)).build()) {
            rows.forEach(row -> ids.add(row.getField("id")));
        }
        return ids;
    }

    private Map<String, String> properties() {
        return Map.of(
                "uri",
                "jdbc:sqlite:" + directory.resolve("catalog.db") + "?busy_timeout=10000&journal_mode=WAL",
                "jdbc.schema-version",
                "V1",
                "warehouse",
                "file:" + directory.resolve("warehouse"));
    }
}
