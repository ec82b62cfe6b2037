package io.rowlake.cli;

import io.rowlake.event.TableName;
import io.rowlake.sink.iceberg.IcebergCatalog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.iceberg.Table;

/** Shows what the destinations hold after the demonstration, as read back from them. */
final class DemoReport {

    private static final int ROWS_SHOWN = 3;
    private static final int LINE_MAX = 140;

    private final Console console;
    private final Path directory;

    DemoReport(Console console, Path directory) {
        this.console = console;
        this.directory = directory;
    }

    void print(List<ConnectorFile> connectors) {
        for (ConnectorFile connector : connectors) {
            console.blank();
            String destination = connector.option("destination");
            if (destination.equals("iceberg")) {
                printTables(connector);
            } else {
                printFiles(destination, Path.of(connector.option("files.directory")));
            }
        }
        console.blank();
        printNextSteps();
    }

    private void printTables(ConnectorFile connector) {
        console.line("Iceberg, warehouse " + connector.option("iceberg.catalog.warehouse"));
        try (CatalogConnection catalog = CatalogConnection.open(connector.catalog())) {
            for (String topic : DemoTopic.names()) {
                String name = connector.option("iceberg.table").replace("${topic}", topic);
                Table table = catalog.load(TableName.parse(name));
                TableRows rows = TableRows.read(table, ROWS_SHOWN);
                var report = new TableReport(console, table);
                console.blank();
                console.line("  " + name + ", " + Console.number(rows.count()) + " rows");
                console.line("  " + cut(report.columns()));
                report.printRows(rows.first());
            }
        }
    }

    private void printFiles(String destination, Path root) {
        console.line(destination.toUpperCase(Locale.ROOT) + " files, directory " + root);
        var reader = new FileSetReader(root);
        FileRows format = FileRows.of(destination);
        for (String topic : DemoTopic.names()) {
            List<FileEntry> entries = reader.entries(topic);
            console.blank();
            console.line("  " + topic + ", " + Console.number(count(format, entries)) + " rows in " + entries.size()
                    + (entries.size() == 1 ? " file" : " files"));
            head(format, entries).forEach(line -> console.line("  " + cut(line)));
            FileSetReport.flaws(entries).forEach(flaw -> console.line("  " + flaw));
        }
    }

    private static long count(FileRows format, List<FileEntry> entries) {
        long count = 0;
        for (FileEntry entry : entries) {
            try {
                count += format.count(entry.file());
            } catch (IOException e) {
                throw unreadable(entry, e);
            }
        }
        return count;
    }

    private static List<String> head(FileRows format, List<FileEntry> entries) {
        if (entries.isEmpty()) {
            return List.of();
        }
        try {
            return format.head(entries.get(0).file(), ROWS_SHOWN);
        } catch (IOException e) {
            throw unreadable(entries.get(0), e);
        }
    }

    private static CommandException unreadable(FileEntry entry, IOException cause) {
        return new CommandException("Cannot read " + entry.file() + ": " + CommandException.reason(cause), cause);
    }

    private void printNextSteps() {
        console.line("Look at it yourself");
        console.item("rowlake", "./rowlake inspect --files " + directory.resolve("jsonl"));
        console.item("DuckDB", "select * from read_json('" + glob("jsonl", "images", "jsonl") + "') limit 5");
        console.item("pandas", "pd.concat(map(pd.read_csv, glob.glob('" + glob("csv", "features", "csv") + "')))");
        console.item(
                "pyiceberg",
                "load_catalog('" + IcebergCatalog.NAME_DEFAULT + "', type='sql', uri='sqlite:///"
                        + directory.resolve("catalog.db") + "', warehouse='file://" + directory.resolve("warehouse")
                        + "').load_table('lake.generated').scan().to_arrow()");
    }

    private Path glob(String destination, String topic, String ending) {
        return directory.resolve(destination).resolve(topic).resolve("*/*/*." + ending);
    }

    private static String cut(String line) {
        return line.length() <= LINE_MAX ? line : line.substring(0, LINE_MAX - 1) + "…";
    }
}
