package io.rowlake.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.jdbc.JdbcCatalog;

/** How often each offset of each partition stands in a destination, found by readers that share no code with the writers. */
final class OffsetsSeen {

    private static final Pattern JSON_LINE = Pattern.compile("\\{\"p\":(\\d+),\"o\":(\\d+),.*}");

    private final Map<Integer, Map<Long, Integer>> counts = new HashMap<>();

    private OffsetsSeen() {}

    /** In files of one JSON object a line. */
    static OffsetsSeen inJsonLines(Path directory) {
        var seen = new OffsetsSeen();
        for (Path file : files(directory, ".jsonl")) {
            for (String line : lines(file)) {
                Matcher matcher = JSON_LINE.matcher(line);
                if (!matcher.matches()) {
                    throw new IllegalStateException("No row in " + file + ": " + line);
                }
                seen.count(matcher.group(1), matcher.group(2));
            }
        }
        return seen;
    }

    /** In files of comma-separated values, of which the first line is the header. */
    static OffsetsSeen inCsv(Path directory) {
        var seen = new OffsetsSeen();
        for (Path file : files(directory, ".csv")) {
            lines(file).stream().skip(1).forEach(line -> {
                String[] cells = line.split(",", -1);
                seen.count(cells[0], cells[1]);
            });
        }
        return seen;
    }

    /** In an Iceberg table, by Iceberg's generic reader. */
    static OffsetsSeen inIceberg(Map<String, String> catalogProperties, String namespace, String name) {
        var seen = new OffsetsSeen();
        try (var catalog =
                (JdbcCatalog) CatalogUtil.buildIcebergCatalog("rowlake", catalogProperties, new Configuration(false))) {
            Table table = catalog.loadTable(TableIdentifier.of(namespace, name));
            try (CloseableIterable<Record> records =
                    IcebergGenerics.read(table).select("p", "o").build()) {
                records.forEach(
                        row -> seen.count(String.valueOf(row.getField("p")), String.valueOf(row.getField("o"))));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return seen;
    }

    /** What is wrong, if not every partition has every offset before {@code end} exactly once; else empty. */
    String differenceFromOnceEach(int partitions, long end) {
        var text = new StringBuilder();
        for (int partition = 0; partition < partitions; partition++) {
            Map<Long, Integer> ofPartition = counts.getOrDefault(partition, Map.of());
            for (long offset = 0; offset < end; offset++) {
                int count = ofPartition.getOrDefault(offset, 0);
                if (count != 1 && text.length() < 1_000) {
                    text.append(partition)
                            .append('@')
                            .append(offset)
                            .append(" occurs ")
                            .append(count)
                            .append(" times; ");
                }
            }
            if (ofPartition.size() > end) {
                text.append("partition ")
                        .append(partition)
                        .append(" has ")
                        .append(ofPartition.size())
                        .append(" offsets");
            }
        }
        return text.toString();
    }

    long rows() {
        return counts.values().stream()
                .flatMap(ofPartition -> ofPartition.values().stream())
                .mapToLong(Integer::longValue)
                .sum();
    }

    private void count(String partition, String offset) {
        counts.computeIfAbsent(Integer.valueOf(partition), any -> new HashMap<>())
                .merge(Long.valueOf(offset), 1, Integer::sum);
    }

    private static List<Path> files(Path directory, String extension) {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(path -> path.toString().endsWith(extension))
                    .filter(path -> !path.toString().contains("/."))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
