package io.rowlake.cli;

import java.nio.file.Path;
import java.util.function.Consumer;

/** A broker and a Connect worker over one directory, stopped in order however the command ends. */
final class LocalStack {

    private static final int USUAL_BROKER_PORT = 9092;
    private static final int USUAL_REST_PORT = 8083;
    private static final long WATCH_MILLIS = 500;

    private final LocalBroker broker;
    private final LocalWorker worker;

    private LocalStack(LocalBroker broker, LocalWorker worker) {
        this.broker = broker;
        this.worker = worker;
    }

    /**
     * Starts the stack, hands it to its use and stops it, the worker before the broker.
     *
     * @throws CommandException if the stack does not start, or its use fails
     */
    static void run(Path directory, Console console, Consumer<LocalStack> use) {
        try (var stop = new OrderlyStop(OrderlyStop.Manner.INTERRUPT)) {
            try {
                runBroker(directory, console, use);
            } catch (RuntimeException e) {
                // What fails while Ctrl-C ends the stack is no news
                if (!stop.isRequested()) {
                    throw e;
                }
            }
        }
    }

    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    ConnectRest rest() {
        return worker.rest();
    }

    Path workerLog() {
        return worker.log();
    }

    /** Returns only by an exception: when a part of the stack ends, or this thread is interrupted by Ctrl-C. */
    void watch() {
        while (true) {
            broker.failIfEnded();
            worker.failIfEnded();
            Deadline.pause(WATCH_MILLIS);
        }
    }

    private static void runBroker(Path directory, Console console, Consumer<LocalStack> use) {
        Installation installation = Installation.fromSystemProperties();
        console.progress("Starting the broker");
        long start = System.nanoTime();
        LocalBroker broker = LocalBroker.start(
                BrokerSettings.in(directory, installation.libraries()).preferringPort(USUAL_BROKER_PORT));
        try {
            console.item("broker", broker.bootstrapServers() + ", up in " + Console.secondsSince(start));
            runWorker(WorkerSettings.in(directory, installation.libraries(), installation.plugins()), broker, stack -> {
                console.item("worker", stack.rest().uri() + ", up after " + Console.secondsSince(start));
                use.accept(stack);
            });
        } finally {
            stop(broker::close);
        }
    }

    private static void runWorker(WorkerSettings settings, LocalBroker broker, Consumer<LocalStack> use) {
        LocalWorker worker = LocalWorker.start(settings.preferringPort(USUAL_REST_PORT), broker.bootstrapServers());
        try {
            use.accept(new LocalStack(broker, worker));
        } finally {
            stop(worker::close);
        }
    }

    /** The interruption by Ctrl-C has done its work when something is stopped, and must not cut that short. */
    private static void stop(Runnable close) {
        boolean interrupted = Thread.interrupted();
        close.run();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
