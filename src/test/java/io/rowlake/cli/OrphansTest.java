package io.rowlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowlake.sink.iceberg.IcebergCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OrphansTest {

    private static final Instant WRITTEN = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant NOW = WRITTEN.plus(Duration.ofDays(5));

    @TempDir
    private Path directory;

    @Test
    void oldFilesThatNoSnapshotHasAreListed() throws IOException {
        try (JdbcCatalog catalog = catalog()) {
            Table table = tableWithTwoSnapshots(catalog);
            Path data = Path.of(table.location().replaceFirst("^file:/*", "/")).resolve("data");
            Files.writeString(data.resolve("left.parquet"), "orphan");
            age(data, WRITTEN);
            Files.writeString(data.resolve("young.parquet"), "being written");

            List<OrphanFile> orphans = new TableOrphans(table).before(NOW.minus(Duration.ofDays(3)));

            assertThat(orphans).containsExactly(new OrphanFile("data/left.parquet", 6, WRITTEN));
        }
    }

    @Test
    void aTableOfWhichEverythingIsReferencedHasNone() throws IOException {
        try (JdbcCatalog catalog = catalog()) {
            tableWithTwoSnapshots(catalog);
        }
        Path config = Files.writeString(directory.resolve("connector.properties"), """
                        name=lake
                        destination=iceberg
                        topics=images
                        iceberg.table=lake.images
                        iceberg.catalog.type=jdbc
                        iceberg.catalog.jdbc.schema-version=V1
                        iceberg.catalog.uri=%s
                        iceberg.catalog.warehouse=%s
                        """.formatted(
                        properties().get("uri"), properties().get("warehouse")));

        var shell = new Shell("inspect", "--config", config.toString(), "--orphans", "--older-than", "0s");

        assertThat(shell.err()).isEmpty();
        assertThat(shell.out())
                .startsWith("Unreferenced files of table lake.images, written before ")
                .endsWith("%n  none%n".formatted());
    }

    @Test
    void stagedFilesOfATopicAreListed() throws IOException {
        Path partition = Files.createDirectories(directory.resolve("images/00000"));
        Path entry = Files.createDirectory(partition.resolve("00000000000000000000"));
        Files.writeString(entry.resolve("images.jsonl"), "{}\n");
        Files.writeString(entry.resolve("_commit.json"), """
                        {"topic":"images","partition":0,"start":0,"end":1,"rows":1,"bytes":3,"file":"images.jsonl"}
                        """);
        Path staged = Files.createDirectory(partition.resolve(".staging-1"));
        Files.writeString(staged.resolve("data"), "{}\n");
        age(partition, WRITTEN);

        var orphans = new FileSetOrphans(directory, new FileSetReader(directory)).before(NOW, "images");

        assertThat(orphans).containsExactly(new OrphanFile("images/00000/.staging-1/data", 3, WRITTEN));
    }

    @Test
    void anAgeThatIsNoneIsRefused() {
        var shell = new Shell("inspect", "--files", directory.toString(), "--orphans", "--older-than", "soon");

        assertThat(shell.exitCode()).isEqualTo(2);
        assertThat(shell.err())
                .startsWith("Invalid value for option '--older-than': must be a number with d, h, m or s, such as"
                        + " 3d or 12h, but was soon");
    }

    /** The second snapshot has removed the file of the first, which a reader of the first still needs. */
    private static Table tableWithTwoSnapshots(JdbcCatalog catalog) throws IOException {
        catalog.createNamespace(Namespace.of("lake"));
        var schema = new Schema(Types.NestedField.optional(1, "id", Types.LongType.get()));
        Table table = catalog.createTable(TableIdentifier.of("lake", "images"), schema, PartitionSpec.unpartitioned());
        String location = table.location() + "/data/kept.parquet";
        try (var content = table.io().newOutputFile(location).create()) {
            content.write(new byte[10]);
        }
        var file = DataFiles.builder(table.spec())
                .withPath(location)
                .withFileSizeInBytes(10)
                .withRecordCount(1)
                .build();
        table.newAppend().appendFile(file).commit();
        table.newDelete().deleteFile(file).commit();
        return table;
    }

    private static void age(Path top, Instant written) throws IOException {
        try (var files = Files.walk(top)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.setLastModifiedTime(file, FileTime.from(written));
            }
        }
    }

    private JdbcCatalog catalog() {
        return (JdbcCatalog) CatalogUtil.buildIcebergCatalog(IcebergCatalog.NAME_DEFAULT, properties(), null);
    }

    private Map<String, String> properties() {
        return Map.of(
                "type",
                "jdbc",
                "uri",
                "jdbc:sqlite:" + directory.resolve("catalog.db"),
                "warehouse",
                "file:" + directory.resolve("warehouse"),
                "jdbc.schema-version",
                "V1");
    }
}
