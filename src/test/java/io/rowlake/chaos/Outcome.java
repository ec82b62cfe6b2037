package io.rowlake.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rowlake.chaos.Sequences.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.parquet.Parquet;

/** Reads what came out, with none of the connector's code. */
final class Outcome {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Outcome() {}

    /** Rows of Iceberg tables in the order of their commits; within a file in the order of its rows. */
    static Sequences inIceberg(Map<String, String> catalogProperties, String namespace) throws IOException {
        var seen = new Sequences();
        Catalog catalog = CatalogUtil.buildIcebergCatalog("chaos", catalogProperties, new Configuration(false));
        for (String topic : SequencedChanges.TOPICS.keySet()) {
            Table table = catalog.loadTable(TableIdentifier.of(namespace, topic));
            List<FileScanTask> files = new ArrayList<>();
            try (CloseableIterable<FileScanTask> planned = table.newScan().planFiles()) {
                planned.forEach(files::add);
            }
            files.sort(Comparator.comparing(file -> file.file().dataSequenceNumber()));
            for (FileScanTask file : files) {
                read(table, file, seen);
            }
        }
        if (catalog instanceof AutoCloseable closeable) {
            close(closeable);
        }
        return seen;
    }

    /** Rows of JSON Lines files, in the order of the offsets in the names of their directories. */
    static Sequences inJsonLines(Path directory) throws IOException {
        var seen = new Sequences();
        List<Path> files;
        try (Stream<Path> all = Files.walk(directory)) {
            files = all.filter(path -> path.toString().endsWith(".jsonl"))
                    .filter(path -> !directory.relativize(path).toString().matches("(.*/)?\\..*"))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            for (String line : Files.readAllLines(file, UTF_8)) {
                JsonNode row = JSON.readTree(line);
                seen.add(new Row(
                        row.path("t").asText(),
                        row.path("k").asText(),
                        row.path("s").asLong(-1),
                        row.path("c").asLong(-1)));
            }
        }
        return seen;
    }

    private static void read(Table table, FileScanTask file, Sequences seen) throws IOException {
        try (CloseableIterable<Record> records = Parquet.read(
                        table.io().newInputFile(file.file().location()))
                .project(table.schema())
                .createReaderFunc(type -> GenericParquetReaders.buildReader(table.schema(), type))
                .build()) {
            for (Record row : records) {
                seen.add(
                        new Row((String) row.getField("t"), (String) row.getField("k"), (Long) row.getField("s"), (Long)
                                row.getField("c")));
            }
        }
    }

    private static void close(AutoCloseable catalog) throws IOException {
        try {
            catalog.close();
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}
