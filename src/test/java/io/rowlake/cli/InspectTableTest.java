package io.rowlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowlake.sink.iceberg.IcebergCatalog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real catalog in a database file, as the demonstration makes it. */
final class InspectTableTest {

    private static final Schema SCHEMA = new Schema(
            List.of(
                    Types.NestedField.required(1, "label", Types.StringType.get()),
                    Types.NestedField.optional(2, "width", Types.LongType.get()),
                    Types.NestedField.optional(
                            3, "embedding", Types.ListType.ofOptional(4, Types.FloatType.get()), "shape (2)")),
            Set.of(1));

    @TempDir
    private Path directory;

    private JdbcCatalog catalog;
    private Table table;

    @BeforeEach
    void createTable() {
        catalog = (JdbcCatalog) CatalogUtil.buildIcebergCatalog(IcebergCatalog.NAME_DEFAULT, properties(), null);
        catalog.createNamespace(Namespace.of("lake"));
        table = catalog.createTable(
                TableIdentifier.of("lake", "images"),
                SCHEMA,
                PartitionSpec.builderFor(SCHEMA).bucket("label", 4).build());
    }

    @AfterEach
    void closeCatalog() {
        catalog.close();
    }

    @Test
    void emptyTableShowsItsSchemaAndThatNothingIsRecorded() {
        var shell = new Shell("inspect", "--config", config("lake.images").toString());

        assertThat(shell).isEqualTo(Shell.ended(0, """
                        Table lake.images, format version 2, at %s
                          column     type              doc
                          label      string       key
                          width      long
                          embedding  list<float>       shape (2)
                        Partitioning
                          label_bucket = bucket[4](label)
                        Snapshots
                          none yet
                        Recorded offsets
                          none recorded

                        """.formatted(table.location()), ""));
    }

    @Test
    void offsetsThatNobodyCanTellShowWhy() {
        table.newAppend().commit();
        table.newAppend().commit();
        table.updateProperties()
                .set("rowlake.offsets.floor", "{\"pictures\":{\"0\":3}}")
                .set("rowlake.floor.sequence", "3")
                .commit();
        table.expireSnapshots().expireOlderThan(Long.MAX_VALUE).retainLast(1).commit();

        var shell = new Shell("inspect", "--config", config("lake.images").toString());

        assertThat(shell.out())
                .contains("  Cannot tell how far table 'rowlake.lake.images' has taken its topics: it was rolled back");
    }

    @Test
    void missingTableNamesTheTablesThereAre() {
        var shell = new Shell("inspect", "--config", config("lake.${topic}").toString());

        assertThat(shell)
                .isEqualTo(Shell.ended(
                        1, "", "Cannot find table lake.pictures: namespace lake has the tables images%n".formatted()));
    }

    @Test
    void rowsAreCountedByReadingThem() throws IOException {
        table = catalog.createTable(TableIdentifier.of("lake", "flat"), SCHEMA);
        append(row("heron", 1600L, List.of(0.5f, 0.25f)), row("otter", null, List.of()));

        TableRows rows = TableRows.read(table, 1);

        assertThat(rows).isEqualTo(new TableRows(2, List.of(List.of("heron", "1600", "[0.50000, 0.25000]"))));
    }

    private void append(Record... rows) throws IOException {
        var output = table.io().newOutputFile(table.location() + "/data/rows.parquet");
        DataWriter<Record> writer = Parquet.writeData(output)
                .forTable(table)
                .createWriterFunc(GenericParquetWriter::create)
                .build();
        try (writer) {
            writer.write(List.of(rows));
        }
        table.newAppend().appendFile(writer.toDataFile()).commit();
    }

    private static Record row(String label, @Nullable Long width, List<Float> embedding) {
        Record row = GenericRecord.create(SCHEMA);
        row.setField("label", label);
        row.setField("width", width);
        row.setField("embedding", embedding);
        return row;
    }

    private Path config(String pattern) {
        Path file = directory.resolve("connector.properties");
        var text =
                new StringBuilder("name=lake\ndestination=iceberg\ntopics=pictures\niceberg.table=" + pattern + "\n");
        properties().forEach((key, value) -> text.append("iceberg.catalog." + key + "=" + value + "\n"));
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
