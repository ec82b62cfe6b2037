package io.rowlake.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows the whole way of the data: events into a real broker, rows out of the destinations. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Start a broker and a worker, send sample events, and show what arrives in Iceberg, JSONL and CSV.",
            "A second run in the same directory goes on where the first one stopped."
        })
final class DemoCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command is called
    private CommandSpec spec;

    @Mixin
    private final StackOptions options = new StackOptions();

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "100000",
            description = "How many events to generate beside the sample tables. Default: ${DEFAULT-VALUE}")
    private long rows;

    @Option(names = "--keep", description = "Leave the broker and the worker running until Ctrl-C.")
    private boolean keep;

    @Override
    public Integer call() {
        if (rows < 0) {
            throw new ParameterException(spec.commandLine(), "--rows must not be negative but was " + rows);
        }
        Console console = Console.on(spec.commandLine().getOut());
        console.line("Rowlake demo in " + options.directory());
        LocalStack.run(options.directory(), console, stack -> run(console, stack));
        return Rowlake.SUCCESS;
    }

    private void run(Console console, LocalStack stack) {
        Path directory = options.directory();
        long start = System.nanoTime();
        Map<String, Long> records = new DemoEvents(stack.bootstrapServers(), console).fill(Installation.home(), rows);
        records.forEach((topic, count) -> console.item("topic", topic + ", " + Console.number(count) + " events"));
        var connectors = new DemoConnectors(stack, console, directory);
        connectors.create();
        connectors.connectors().forEach(connector -> console.item("connector", connector.name() + ", running"));
        connectors.awaitCommitted();
        console.item("committed", "everything, in " + Console.secondsSince(start));
        new DemoReport(console, directory).print(connectors.connectors());
        if (keep) {
            StackAddresses.print(console, stack);
            stack.watch();
        }
    }
}
