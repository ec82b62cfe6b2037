package io.rowlake.cli;

import io.rowlake.batch.BatchMemory;
import io.rowlake.config.ReplaceUntil;
import io.rowlake.config.SinkOptions;
import io.rowlake.config.SinkSettings;
import io.rowlake.event.SourcePartition;
import io.rowlake.pipeline.PipelineCounters;
import io.rowlake.pipeline.SinkPipeline;
import io.rowlake.sink.SinkException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Takes a file of events, or a topic up to its present end, to a destination, and ends. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = "Export a file of events, or a topic up to its present end, without a Connect worker.",
        footer = {
            "",
            "Examples:",
            "  rowlake export --events images.jsonl --set destination=csv --set files.directory=out",
            "  rowlake export --topic images --bootstrap localhost:9092 --config connector-config/iceberg.json"
        })
final class ExportCommand implements Callable<Integer> {

    private static final String STANDARD_INPUT = "-";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command is called
    private CommandSpec spec;

    @Option(names = "--events", paramLabel = "FILE", description = "Events as JSON, one a line; - is standard input.")
    private @Nullable String events;

    @Option(
            names = "--table",
            paramLabel = "NAME",
            description = "The topic that the events stand for. Default: the file's name without its ending.")
    private @Nullable String table;

    @Option(names = "--topic", paramLabel = "NAME", description = "The topic to read.")
    private @Nullable String topic;

    @Option(names = "--bootstrap", paramLabel = "HOST:PORT", description = "The brokers of --topic.")
    private @Nullable String bootstrap;

    @Option(
            names = "--consumer-config",
            paramLabel = "FILE",
            description = "Properties of the consumer of --topic, as for security.")
    private @Nullable Path consumerConfig;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            defaultValue = "export",
            description = "Who exports --topic; the same name goes on where it was. Default: ${DEFAULT-VALUE}.")
    private String name = "export";

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "An option of the connector. May be repeated.")
    private final Map<String, String> set = new LinkedHashMap<>();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "A connector configuration, .json or .properties; --set wins over it.")
    private @Nullable Path config;

    @Option(names = "--bad", paramLabel = "FILE", description = "Write the bad events there, as JSON, one a line.")
    private @Nullable Path bad;

    @Option(names = "--strict", description = "Publish nothing and end with 1 if any event is bad.")
    private boolean strict;

    @Option(names = "--quiet", description = "Show no progress.")
    private boolean quiet;

    @Override
    public Integer call() {
        if ((events == null) == (topic == null)) {
            throw misuse("Name what to export: either --events or --topic");
        }
        if (topic != null && bootstrap == null) {
            throw misuse("--topic needs --bootstrap, as in --bootstrap localhost:9092");
        }
        ConnectorFile given = given();
        if (!given.config().containsKey("destination")) {
            throw misuse(SinkSettings.problems(given.config()).values().stream()
                    .findFirst()
                    .orElse("Set a destination, as in --set destination=csv --set files.directory=out"));
        }
        LocalPaths.requireDirectory(given.config().get("files.directory"), topicName());
        // The source first: nothing interrupts a read of standard input
        try (ExportSource source = source();
                var stop = new OrderlyStop(OrderlyStop.Manner.ASK)) {
            export(given, source, stop);
            return stop.isRequested() ? Rowlake.FAILURE : Rowlake.SUCCESS;
        } catch (SinkException e) {
            throw new CommandException(String.valueOf(e.getMessage()), e);
        }
    }

    private void export(ConnectorFile given, ExportSource source, OrderlyStop stop) {
        // Nobody goes on with a file of events: its next run begins with its first line
        Map<String, String> options = ExportSettings.of(given.config(), topic == null ? "" : name);
        // Nobody would mend the table while the export waits
        options.put(SinkOptions.TABLE_FAILURE, "fail");
        SinkSettings settings = settings(options, source);
        Console err = Console.on(spec.commandLine().getErr());
        Console progress =
                quiet ? new Console(new PrintWriter(Writer.nullWriter()), Console.ProgressStyle.PLAIN_LINES) : err;
        var counters = new PipelineCounters();
        try (var memory = new BatchMemory();
                SinkPipeline pipeline = settings.pipeline(source, InstantSource.system(), counters, memory);
                var badEvents = new ExportBadEvents(err, bad)) {
            var strictness = strict ? ExportRun.Strictness.FAIL : ExportRun.Strictness.REPORT;
            var timeout = Duration.ofMillis(Long.parseLong(options.getOrDefault("delivery.timeout.ms", "600000")));
            var run = new ExportRun(source, pipeline, badEvents, progress, strictness, timeout);
            if (!run.run(stop::isRequested)) {
                // Here, since the JVM goes on with its end as soon as nobody holds it up any more
                err.line(stopped(counters, source.reach(pipeline.committed())));
                return;
            }
            progress.clearProgress();
            Console out = Console.on(spec.commandLine().getOut());
            out.line("Exported " + Console.count(counters.rowsCommitted(), "row") + "; "
                    + Console.count(badEvents.count(), "bad event"));
            explainMissing(out, counters, badEvents);
            counters.unknownColumns()
                    .forEach(column -> err.line("The query names a column that no event has: " + column));
            if (counters.rowsCommitted() > 0) {
                new ExportReport(out).print(given, topicName(), source.begins());
            }
        } finally {
            progress.clearProgress();
        }
    }

    private static String stopped(PipelineCounters counters, String reach) {
        String published =
                counters.rowsCommitted() == 0 ? "nothing" : Console.count(counters.rowsCommitted(), "row") + reach;
        return "The export was stopped before its end. Published: " + published;
    }

    /** Events that are neither rows nor bad. After bad ones, others may have come again, and been counted twice. */
    private static void explainMissing(Console out, PipelineCounters counters, ExportBadEvents badEvents) {
        String least = badEvents.count() == 0 ? "" : "up to ";
        if (counters.filteredRows() > 0) {
            out.line("The query left out " + least + Console.count(counters.filteredRows(), "row"));
        }
        if (counters.ignoredDeletes() > 0) {
            out.line("Not written, since the destination is only appended to: " + least
                    + Console.count(counters.ignoredDeletes(), "delete"));
        }
    }

    private SinkSettings settings(Map<String, String> options, ExportSource source) {
        try {
            if (SinkSettings.replaces(options)) {
                options.put(SinkOptions.REPLACE_UNTIL, ReplaceUntil.text(endsOfSome(source)));
            }
            return SinkSettings.of(options);
        } catch (ConfigException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    /** Nothing is no replacement of what is there, since a destination completes one with its last event. */
    private static Map<SourcePartition, Long> endsOfSome(ExportSource source) {
        Map<SourcePartition, Long> ends = source.ends();
        if (ends.values().stream().allMatch(end -> end == 0)) {
            throw new CommandException("Cannot replace what is there: " + source.name()
                    + " has no events; remove it by hand if nothing is to be left");
        }
        return ends;
    }

    private ConnectorFile given() {
        ConnectorFile file = config == null ? new ConnectorFile(name, Map.of()) : ConnectorFile.read(config);
        return LocalPaths.resolved(file.with(set));
    }

    private ExportSource source() {
        if (topic != null) {
            return new TopicSource(topic, consumerProperties());
        }
        boolean isPiped = STANDARD_INPUT.equals(events);
        Path file = isPiped ? spooled() : Path.of(String.valueOf(events));
        if (!Files.isRegularFile(file)) {
            throw new CommandException("Cannot find the file of events " + file);
        }
        String shown = isPiped ? "standard input" : String.valueOf(events);
        return new LineSource(file, shown, topicName(), InstantSource.system().millis());
    }

    private String topicName() {
        if (topic != null) {
            return topic;
        }
        if (table != null) {
            return table;
        }
        if (events == null || STANDARD_INPUT.equals(events)) {
            throw misuse("--events - needs --table, which names what comes from standard input");
        }
        String file = Path.of(events).getFileName().toString();
        int dot = file.lastIndexOf('.');
        return dot <= 0 ? file : file.substring(0, dot);
    }

    /** A pipe can't be read again, as a destination may ask for. */
    private Path spooled() {
        topicName();
        try (InputStream in = System.in) {
            Path file = Files.createTempFile("rowlake-export", ".jsonl");
            file.toFile().deleteOnExit();
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
            return file;
        } catch (IOException e) {
            throw new CommandException("Cannot read standard input: " + CommandException.reason(e), e);
        }
    }

    private Properties consumerProperties() {
        var properties = new Properties();
        if (consumerConfig != null) {
            try (Reader reader = Files.newBufferedReader(consumerConfig)) {
                properties.load(reader);
            } catch (IOException e) {
                throw new CommandException("Cannot read " + consumerConfig + ": " + CommandException.reason(e), e);
            }
        }
        properties.put("bootstrap.servers", String.valueOf(bootstrap));
        return properties;
    }

    private ParameterException misuse(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
