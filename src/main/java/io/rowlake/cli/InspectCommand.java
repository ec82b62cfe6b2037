package io.rowlake.cli;

import io.rowlake.event.TableName;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.iceberg.TableUtil;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows what a destination holds and how far it stands. */
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        description = "Show the schema, the snapshots and the recorded offsets of a table, or the files of a file set.",
        footer = {
            "",
            "Examples:",
            "  rowlake inspect --config connector-config/iceberg.json --table lake.images",
            "  rowlake inspect --table lake.images --catalog type=jdbc --catalog uri=jdbc:sqlite:catalog.db \\",
            "      --catalog warehouse=file:warehouse --catalog jdbc.schema-version=V1",
            "  rowlake inspect --files /tmp/rowlake/jsonl --topic images",
            "  rowlake inspect --config connector-config/iceberg.json --orphans --older-than 7d"
        })
final class InspectCommand implements Callable<Integer> {

    private static final String TOPIC = "${topic}";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command is called
    private CommandSpec spec;

    @Option(names = "--table", paramLabel = "NS.TABLE", description = "The Iceberg table.")
    private @Nullable String table;

    @Option(
            names = "--catalog",
            paramLabel = "KEY=VALUE",
            description = "A property of the Iceberg catalog: type, uri, warehouse, …")
    private final Map<String, String> catalog = new LinkedHashMap<>();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "A connector configuration, .json or .properties, that names the destination.")
    private @Nullable Path config;

    @Option(names = "--files", paramLabel = "DIR", description = "The directory of a file set.")
    private @Nullable Path files;

    @Option(names = "--topic", paramLabel = "TOPIC", description = "Of a file set this topic only.")
    private @Nullable String topic;

    @Option(names = "--branch", paramLabel = "NAME", description = "Read the offsets of this branch of the table.")
    private @Nullable String branch;

    @Option(
            names = "--orphans",
            description = "List the files that nothing refers to, which a crash may leave. Deletes nothing.")
    private boolean orphans;

    @Option(
            names = "--older-than",
            paramLabel = "AGE",
            converter = OrphanReport.Age.class,
            defaultValue = OrphanReport.OLDER_THAN_DEFAULT,
            description = "With --orphans: leave out files younger than this, which a running task may be about to"
                    + " commit. A number with d, h, m or s. Default: ${DEFAULT-VALUE}.")
    private Duration olderThan = Duration.ZERO;

    @Override
    public Integer call() {
        Console console = Console.on(spec.commandLine().getOut());
        if (files != null) {
            return inspectFiles(console, files);
        }
        if (config != null) {
            return inspectConfig(console, ConnectorFile.read(config));
        }
        if (table == null || catalog.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "Name what to inspect: --table with --catalog or --config, or --files");
        }
        return inspectTables(console, catalog, List.of(tableName(table)));
    }

    private int inspectConfig(Console console, ConnectorFile connector) {
        if (!connector.option("destination").equals("iceberg")) {
            return inspectFiles(console, Path.of(connector.option("files.directory")));
        }
        Map<String, String> properties = new LinkedHashMap<>(connector.catalog());
        properties.putAll(catalog);
        return inspectTables(console, properties, tables(connector));
    }

    private List<TableName> tables(ConnectorFile connector) {
        if (table != null) {
            return List.of(tableName(table));
        }
        String pattern = connector.option("iceberg.table");
        if (!pattern.contains(TOPIC)) {
            return List.of(tableName(pattern));
        }
        return Arrays.stream(connector.option("topics").split(",", -1))
                .map(name -> tableName(pattern.replace(TOPIC, name.trim())))
                .toList();
    }

    private TableName tableName(String text) {
        try {
            return TableName.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), CommandException.reason(e), e);
        }
    }

    private int inspectTables(Console console, Map<String, String> properties, List<TableName> names) {
        try (CatalogConnection connection = CatalogConnection.open(properties)) {
            for (TableName name : names) {
                var loaded = connection.load(name);
                if (orphans) {
                    OrphanReport report = orphanReport(console);
                    report.print("table " + name, new TableOrphans(loaded).before(report.bound()));
                    continue;
                }
                var report = new TableReport(console, loaded);
                console.line("Table " + name + ", format version " + TableUtil.formatVersion(loaded) + ", at "
                        + loaded.location());
                report.printSchema();
                console.line("Partitioning");
                report.printPartitioning();
                console.line("Snapshots");
                report.printSnapshots();
                console.line("Recorded offsets");
                report.printOffsets(Optional.ofNullable(branch));
                console.blank();
            }
        }
        return Rowlake.SUCCESS;
    }

    private int inspectFiles(Console console, Path directory) {
        Path root = directory.toAbsolutePath().normalize();
        var reader = new FileSetReader(root);
        var report = new FileSetReport(console, root);
        List<String> topics = topic == null ? reader.topics() : List.of(topic);
        if (topics.isEmpty()) {
            console.line("No topic has files under " + root);
        }
        if (orphans) {
            OrphanReport orphanReport = orphanReport(console);
            var finder = new FileSetOrphans(root, reader);
            topics.forEach(each -> orphanReport.print("topic " + each, finder.before(orphanReport.bound(), each)));
            return Rowlake.SUCCESS;
        }
        var flaws = new ArrayList<String>();
        for (String each : topics) {
            flaws.addAll(report.print(each, reader.entries(each)));
        }
        return flaws.isEmpty() ? Rowlake.SUCCESS : Rowlake.FAILURE;
    }

    private OrphanReport orphanReport(Console console) {
        return new OrphanReport(console, InstantSource.system().instant(), olderThan);
    }
}
