package io.rowlake.cli;

import io.rowlake.event.TableName;
import java.nio.file.Path;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/** Says what an export wrote and where, as read back from the destination. */
final class ExportReport {

    private final Console console;

    ExportReport(Console console) {
        this.console = console;
    }

    void print(ConnectorFile connector, String topic) {
        if (connector.option("destination").equals("iceberg")) {
            printTable(connector, topic);
        } else {
            printFiles(Path.of(connector.option("files.directory")), topic);
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

    private void printFiles(Path directory, String topic) {
        Path root = directory.toAbsolutePath().normalize();
        new FileSetReader(root)
                .entries(topic)
                .forEach(entry -> console.line("File " + entry.file() + ", rows " + Console.number(entry.rows())));
        console.line("Look at it with: rowlake inspect --files " + directory + " --topic " + topic);
    }
}
