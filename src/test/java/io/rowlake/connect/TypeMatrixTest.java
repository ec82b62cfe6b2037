package io.rowlake.connect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.rowlake.connect.MatrixColumn.Carrier;
import io.rowlake.connect.MatrixColumn.Goal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.types.Types;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every type of the mapping, by every carrier, through the task into every destination, read back by others' readers. */
final class TypeMatrixTest {

    @TempDir
    private static Path directory;

    private static final Map<String, Map<String, List<String>>> READ = new TreeMap<>();

    static Stream<Arguments> columns() {
        return Stream.of(Carrier.values())
                .flatMap(carrier -> Stream.of(Goal.values())
                        .flatMap(goal -> MatrixColumn.of(carrier).stream()
                                .map(column -> Arguments.of(carrier, goal, column.name(), column))));
    }

    @ParameterizedTest(name = "{2} from {0} to {1}")
    @MethodSource("columns")
    void aColumnArrivesAsTheMappingSays(Carrier carrier, Goal goal, String name, MatrixColumn column) {
        Map<String, List<String>> read = READ.computeIfAbsent(carrier + "-" + goal, key -> run(carrier, goal));

        List<String> expected = new ArrayList<>();
        if (goal == Goal.ICEBERG) {
            expected.add(column.icebergType() + " " + column.doc());
        }
        for (int row = 0; row < MatrixRecords.rows(MatrixColumn.of(carrier)); row++) {
            expected.add(column.expected(goal, row));
        }
        assertThat(read.get(name)).isEqualTo(expected);
    }

    /** All columns in one table, by one task. */
    private static Map<String, List<String>> run(Carrier carrier, Goal goal) {
        Path target = directory.resolve(carrier + "-" + goal);
        var task = new LakehouseSinkTask();
        task.initialize(new TaskContext());
        try {
            Files.createDirectories(target);
            task.start(options(goal, target));
            List<TopicPartition> partitions = List.of(new TopicPartition("images", 0));
            task.open(partitions);
            task.put(new MatrixRecords("images", carrier, MatrixColumn.of(carrier)).records());
            task.close(partitions);
            return switch (goal) {
                case ICEBERG -> iceberg(target);
                case JSONL -> jsonLines(file(target));
                case CSV -> csv(file(target));
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            task.stop();
        }
    }

    private static Map<String, String> options(Goal goal, Path target) {
        Map<String, String> options = new TreeMap<>(Map.of(
                "name", "matrix",
                "topics", "images",
                "destination", goal.key()));
        if (goal == Goal.ICEBERG) {
            options.put("iceberg.table", "lake.images");
            options.put("iceberg.format.version", "3");
            options.put("types.float", "double");
            options.put("json.mode", "string");
            options.put("schema.overrides", "variant:variant");
            catalog(target).forEach((key, value) -> options.put("iceberg.catalog." + key, value));
        } else {
            options.put("files.directory", target.toString());
            options.put("binary.encoding", "base64");
        }
        return options;
    }

    private static Map<String, String> catalog(Path target) {
        return Map.of(
                "type",
                "jdbc",
                "uri",
                "jdbc:sqlite:" + target.resolve("catalog.db"),
                "jdbc.schema-version",
                "V1",
                "warehouse",
                "file:" + target.resolve("warehouse"));
    }

    /** By column its type and doc, and its values. */
    private static Map<String, List<String>> iceberg(Path target) throws IOException {
        Map<String, List<String>> columns = new TreeMap<>();
        try (var catalog =
                (JdbcCatalog) CatalogUtil.buildIcebergCatalog("rowlake", catalog(target), new Configuration(false))) {
            Table table = catalog.loadTable(TableIdentifier.parse("lake.images"));
            for (Types.NestedField field : table.schema().columns()) {
                String type = field.type().toString().replaceAll("[0-9]+: ", "");
                String doc = field.doc() == null ? "" : field.doc();
                columns.put(field.name(), new ArrayList<>(List.of(type + " " + doc)));
            }
            try (CloseableIterable<Record> records = IcebergGenerics.read(table).build()) {
                records.forEach(record -> columns.forEach((name, values) ->
                        values.add(IcebergJson.of(record.getField(name)).toString())));
            }
        }
        return columns;
    }

    private static Map<String, List<String>> jsonLines(Path file) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            lines.add(MatrixColumn.MAPPER.readTree(line));
        }
        List<String> names = new ArrayList<>();
        lines.get(0).fieldNames().forEachRemaining(names::add);
        return columns(names, lines, name -> line -> line.get(name).toString());
    }

    private static Map<String, List<String>> csv(Path file) throws IOException {
        List<NamedCsvRecord> lines;
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(file)) {
            lines = reader.stream().toList();
        }
        return columns(lines.get(0).getHeader(), lines, name -> line -> line.getField(name));
    }

    private static <L> Map<String, List<String>> columns(
            List<String> names, List<L> lines, Function<String, Function<L, String>> cell) {
        Map<String, List<String>> columns = new TreeMap<>();
        names.forEach(
                name -> columns.put(name, lines.stream().map(cell.apply(name)).toList()));
        return columns;
    }

    private static Path file(Path target) throws IOException {
        try (Stream<Path> files = Files.walk(target)) {
            return files.filter(path -> path.toString().endsWith(".jsonl")
                            || path.toString().endsWith(".csv"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
