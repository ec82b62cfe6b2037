package io.rowlake.cli;

import io.rowlake.decode.RawRecord;
import io.rowlake.event.MalformedEventException;
import io.rowlake.pipeline.SinkPipeline;
import io.rowlake.sink.RetriableSinkException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Takes a source through a pipeline to its end, and publishes once. */
final class ExportRun {

    private static final long PAUSE_MILLIS = 50;
    private static final int BAR_WIDTH = 30;

    private final ExportSource source;
    private final SinkPipeline pipeline;
    private final ExportBadEvents bad;
    private final Console console;
    private final Strictness strictness;
    private final long startNanos = System.nanoTime();
    private final Duration deliveryTimeout;
    private @Nullable Deadline patience;
    private double furthest;
    private long records;

    /** What bad events do to an export. */
    enum Strictness {
        REPORT,
        FAIL
    }

    ExportRun(
            ExportSource source,
            SinkPipeline pipeline,
            ExportBadEvents bad,
            Console console,
            Strictness strictness,
            Duration deliveryTimeout) {
        this.deliveryTimeout = deliveryTimeout;
        this.source = source;
        this.pipeline = pipeline;
        this.bad = bad;
        this.console = console;
        this.strictness = strictness;
    }

    /**
     * Runs to the end, or until it has to stop, which leaves what is not published by then unpublished.
     *
     * @return whether it came to the end
     * @throws CommandException if events are bad and none may be
     */
    boolean run(BooleanSupplier hasToStop) {
        pipeline.open(source.partitions());
        do {
            drain(hasToStop);
            if (!isDone()) {
                return false;
            }
            failIfStrict();
            pipeline.publish();
        } while (!isDone());
        return true;
    }

    /** Publishing may bring back what was taken: events that turned out bad, or a destination that is out of reach. */
    private boolean isDone() {
        return source.isAtEnd() && !source.isPaused();
    }

    /** A destination that answers but takes no data would have everything come again without end. */
    private void failIfStuck() {
        // Nothing but an outage makes a pipeline pause its source
        RetriableSinkException cause = pipeline.latestOutage().orElseThrow();
        if (patience == null) {
            patience = Deadline.in(deliveryTimeout);
            console.line("The destination is out of reach, and is tried again for " + deliveryTimeout.toMillis()
                    + " ms (delivery.timeout.ms): " + cause.getMessage());
        } else if (patience.isPast()) {
            throw new CommandException(
                    "Cannot get on with the export for " + deliveryTimeout.toMillis() + " ms (delivery.timeout.ms): "
                            + cause.getMessage(),
                    cause);
        }
    }

    /** Only what was never delivered before counts: what comes again after an outage is no way forward. */
    private void noteProgress() {
        double progress = source.progress();
        if (progress > furthest) {
            furthest = progress;
            patience = null;
        }
    }

    private void drain(BooleanSupplier hasToStop) {
        while (!isDone() && !hasToStop.getAsBoolean()) {
            if (source.isPaused()) {
                failIfStuck();
                Deadline.pause(PAUSE_MILLIS);
                pipeline.tick();
            } else {
                deliver(source.poll());
            }
        }
    }

    private void deliver(List<RawRecord> delivery) {
        pipeline.deliveryBegins();
        delivery.forEach(this::accept);
        if (strictness == Strictness.REPORT) {
            // Commits early only what the user's own flush options ask for
            pipeline.tick();
        }
        records += delivery.size();
        noteProgress();
        console.progress(progress());
    }

    private void accept(RawRecord record) {
        try {
            pipeline.accept(record);
        } catch (MalformedEventException e) {
            bad.report(record, e, source.place(record.position()));
            pipeline.reject(record.topic(), record.position());
        }
    }

    private void failIfStrict() {
        if (strictness == Strictness.FAIL && bad.count() > 0) {
            throw new CommandException(
                    Console.count(bad.count(), "bad event") + ", so that with --strict nothing was published");
        }
    }

    private String progress() {
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        int filled = (int) Math.max(0, Math.min(BAR_WIDTH, source.progress() * BAR_WIDTH));
        return String.format(
                Locale.ROOT,
                "[%s%s] %3.0f %%  %,d events  %,.0f events/s",
                "#".repeat(filled),
                "-".repeat(BAR_WIDTH - filled),
                100 * source.progress(),
                records,
                records / Math.max(seconds, 1e-3));
    }
}
