package io.rowlake.cli;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code rowlake} command. Ends with 0 when all went well, 1 on a failure, 2 when it was called wrongly. */
@Command(
        name = "rowlake",
        description = "Keeps a lakehouse in step with a table: row changes from Kafka to Iceberg, JSONL and CSV.",
        mixinStandardHelpOptions = true,
        versionProvider = Rowlake.Version.class,
        subcommands = {DemoCommand.class, UpCommand.class, InspectCommand.class, ExportCommand.class})
public final class Rowlake implements Runnable {

    static final int SUCCESS = 0;
    static final int FAILURE = 1;
    static final int MISUSE = 2;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command is called
    private CommandSpec spec;

    Rowlake() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Rowlake())
                .setExecutionExceptionHandler(Rowlake::showFailure)
                .setParameterExceptionHandler(Rowlake::showMisuse)
                .setUsageHelpAutoWidth(true);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command: demo, up, inspect or export");
    }

    private static int showFailure(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        PrintWriter err = command.getErr();
        if (failure instanceof CommandException) {
            err.println(failure.getMessage());
        } else {
            err.println("Unexpected failure, which is a fault of rowlake:");
            failure.printStackTrace(err);
        }
        err.flush();
        return FAILURE;
    }

    private static int showMisuse(ParameterException misuse, String[] arguments) {
        CommandLine command = misuse.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(misuse.getMessage());
        err.println("See '" + command.getCommandSpec().qualifiedName() + " --help'");
        err.flush();
        return MISUSE;
    }

    /** The version that the build wrote into the manifest. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            @Nullable String version = Rowlake.class.getPackage().getImplementationVersion();
            return new String[] {"rowlake " + (version == null ? "(not packaged)" : version)};
        }
    }
}
