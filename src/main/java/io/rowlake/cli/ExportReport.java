package io.rowlake.cli;

import io.rowlake.event.SourcePartition;
import io.rowlake.event.TableName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/** Says what an export wrote and where, as read back from the destination. */
final class ExportReport {

    private static final int FILES_SHOWN_MAX = 20;

    private final Console console;

    ExportReport(Console console) {
        this.console = console;
    }

    /** Files that begin before {@code begins} are of earlier runs. */
    void print(ConnectorFile connector, String topic, Map<SourcePartition, Long> begins) {
        if (connector.option("destination").equals("iceberg")) {
            printTable(connector, topic);
        } else {
            printFiles(Path.of(connector.option("files.directory")), topic, begins);
        }
    }

    private void printTable(ConnectorFile connector, String topic) {
        String own = "topic." + topic + ".iceberg.table";
        String pattern = connector.option(connector.config().containsKey(own) ? own : "iceberg.table");
        String name = pattern.replace("${topic}", topic);
        try (CatalogConnection catalog = CatalogConnection.open(connector.catalog())) {
            Table table = catalog.load(TableName.parse(name));
            Snapshot snapshot = table.currentSnapshot();
            console.line("Table " + name + " at " + table.location());
            if (snapshot != null) {
                console.line("  snapshot " + snapshot.snapshotId() + ", rows "
                        + snapshot.summary().getOrDefault("total-records", "unknown") + " in all");
            }
        }
    }

    private void printFiles(Path directory, String topic, Map<SourcePartition, Long> begins) {
        Path root = directory.toAbsolutePath().normalize();
        List<FileEntry> entries = new FileSetReader(root).entries(topic);
        List<FileEntry> earlier =
                entries.stream().filter(entry -> isEarlier(entry, begins)).toList();
        List<FileEntry> written =
                entries.stream().filter(entry -> !isEarlier(entry, begins)).toList();
        written.stream()
                .limit(FILES_SHOWN_MAX)
                .forEach(entry -> console.line("File " + entry.file() + ", rows " + Console.number(entry.rows())));
        if (written.size() > FILES_SHOWN_MAX) {
            console.line("And more: files " + Console.number(written.size() - FILES_SHOWN_MAX) + ", rows "
                    + Console.number(FileSetReport.rows(written.subList(FILES_SHOWN_MAX, written.size()))));
        }
        if (!earlier.isEmpty()) {
            console.line("Beside it, of earlier runs: files " + Console.number(earlier.size()) + ", rows "
                    + Console.number(FileSetReport.rows(earlier)));
        }
        console.line("Look at it with: rowlake inspect --files " + directory + " --topic " + topic);
    }

    private static boolean isEarlier(FileEntry entry, Map<SourcePartition, Long> begins) {
        return entry.start() < begins.getOrDefault(new SourcePartition(entry.topic(), entry.partition()), 0L);
    }
}
