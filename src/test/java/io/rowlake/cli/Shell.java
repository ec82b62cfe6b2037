package io.rowlake.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** One call of the command line: how it ended and what it printed. */
record Shell(int exitCode, String out, String err) {

    Shell(String... arguments) {
        this(call(arguments));
    }

    private Shell(Shell other) {
        this(other.exitCode, other.out, other.err);
    }

    static Shell ended(int exitCode, String out, String err) {
        return new Shell(exitCode, out, err);
    }

    private static Shell call(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        CommandLine command = Rowlake.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int exitCode = command.execute(arguments);
        return new Shell(exitCode, out.toString(), err.toString());
    }
}
