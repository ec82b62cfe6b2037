package io.rowlake.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs a broker and a worker with the connector until Ctrl-C. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Start a broker and a Connect worker with the connector, and leave them running.")
final class UpCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command is called
    private CommandSpec spec;

    @Mixin
    private final StackOptions options = new StackOptions();

    @Override
    public Integer call() {
        Console console = Console.on(spec.commandLine().getOut());
        console.line("Rowlake in " + options.directory());
        LocalStack.run(options.directory(), console, stack -> {
            StackAddresses.print(console, stack);
            stack.watch();
        });
        return Rowlake.SUCCESS;
    }
}
