package io.rowlake.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.rest.RESTCatalog;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The servers that other tests rely on do what real ones do. */
final class ServersTest {

    @TempDir
    private Path directory;

    @Test
    void aTableOfTheRestCatalogKeepsItsFilesInS3AndOutlivesARestart() throws IOException {
        try (S3Server s3 = S3Server.start(directory, "lake");
                RestCatalogServer server = RestCatalogServer.start(
                        directory, "s3://lake/warehouse", S3Server.fileIoProperties(s3.endpoint()))) {
            Map<String, String> properties = new HashMap<>(S3Server.fileIoProperties(s3.endpoint()));
            properties.putAll(Map.of("type", "rest", "uri", server.uri()));
            try (RESTCatalog catalog =
                    (RESTCatalog) CatalogUtil.buildIcebergCatalog("lake", properties, new Configuration(false))) {
                Table table = table(catalog);
                table.newAppend().appendFile(file(table)).commit();
                server.process().kill();
                server.process().restart();

                assertThat(catalog.loadTable(TableIdentifier.of("lake", "numbers"))
                                .currentSnapshot()
                                .summary())
                        .containsEntry("total-records", "1");
            }
        }
        assertThat(directory.resolve("s3-data/lake/warehouse/lake/numbers/metadata"))
                .isDirectoryContaining("glob:**.metadata.json");
    }

    private static Table table(SupportsNamespaces catalog) {
        catalog.createNamespace(Namespace.of("lake"));
        var schema = new Schema(List.of(Types.NestedField.required(1, "number", Types.LongType.get())));
        return ((RESTCatalog) catalog).createTable(TableIdentifier.of("lake", "numbers"), schema);
    }

    private static DataFile file(Table table) {
        return DataFiles.builder(PartitionSpec.unpartitioned())
                .withPath(table.location() + "/data/one.parquet")
                .withFileSizeInBytes(1)
                .withRecordCount(1)
                .build();
    }
}
