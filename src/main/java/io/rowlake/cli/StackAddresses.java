package io.rowlake.cli;

/** Tells how to reach a running stack. */
final class StackAddresses {

    private StackAddresses() {}

    static void print(Console console, LocalStack stack) {
        Installation installation = Installation.fromSystemProperties();
        console.blank();
        console.item("bootstrap", stack.bootstrapServers());
        console.item("REST", stack.rest().uri().toString());
        console.item("plugins", installation.plugins().toString());
        console.item("log", stack.workerLog().toString());
        console.blank();
        console.line("Create a connector with");
        console.line("  curl -X POST -H 'Content-Type: application/json' \\");
        console.line(
                "    --data @" + Installation.home().resolve("connector-config").resolve("jsonl.json") + " \\");
        console.line("    " + stack.rest().uri() + "/connectors");
        console.blank();
        console.line("Ctrl-C stops the broker and the worker.");
    }
}
