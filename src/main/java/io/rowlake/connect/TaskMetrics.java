package io.rowlake.connect;

import io.rowlake.batch.BatchMemory;
import io.rowlake.pipeline.PipelineCounters;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The task's counters as Connect's metrics: {@code kafka.connect:type=plugins,connector=…,task=…} in JMX. */
final class TaskMetrics {

    private static final Logger LOG = LoggerFactory.getLogger(TaskMetrics.class);
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final SinkTaskContext context;
    private final PipelineCounters counters;
    private final BatchMemory memory;
    private final InstantSource clock;
    private @Nullable Instant nextTry;

    TaskMetrics(SinkTaskContext context, PipelineCounters counters, BatchMemory memory, InstantSource clock) {
        this.context = context;
        this.counters = counters;
        this.memory = memory;
        this.clock = clock;
        this.nextTry = clock.instant();
    }

    /**
     * Registers them, on workers that can: Kafka 4.1 and later. Connect removes them with the task. Does nothing once that is
     * done.
     *
     * <p>A task that took too long to stop still has them when the one that replaces it starts in the same worker, so that it
     * is tried again later.
     */
    void register() {
        Instant now = clock.instant();
        if (nextTry == null || now.isBefore(nextTry)) {
            return;
        }
        try {
            Registration.add(context, counters, memory);
            nextTry = null;
        } catch (NoSuchMethodError | NoClassDefFoundError e) {
            nextTry = null;
            LOG.info("This worker has no metrics for plugins: Kafka 4.1 brings them");
        } catch (IllegalArgumentException e) {
            nextTry = now.plus(PAUSE);
            LOG.warn("An earlier run of this task has not ended yet and keeps the metrics: {}", e.getMessage());
        }
    }

    /** Apart, so that an older worker doesn't look for classes it lacks before it has to. */
    private static final class Registration {

        private Registration() {}

        static void add(SinkTaskContext context, PipelineCounters counters, BatchMemory memory) {
            PluginMetrics metrics = context.pluginMetrics();
            Map<String, LongSupplier> gauges = new LinkedHashMap<>();
            gauges.put("rows-appended", counters::rowsAppended);
            gauges.put("rows-committed", counters::rowsCommitted);
            gauges.put("commits", counters::commits);
            gauges.put("commit-time-ms", counters::commitMillis);
            gauges.put("bad-records", counters::badRecords);
            gauges.put("filtered-rows", counters::filteredRows);
            gauges.put("ignored-deletes", counters::ignoredDeletes);
            gauges.put("local-media-references", counters::localMediaReferences);
            gauges.put("skipped-records", counters::skippedRecords);
            gauges.put("overtaken-commits", counters::overtakenCommits);
            gauges.put("retries", counters::retries);
            gauges.put("parked-tables", counters::parkedTables);
            gauges.put("lost-records", counters::lostRecords);
            gauges.put("batch-memory-bytes", memory::allocatedBytes);
            gauges.put("batch-memory-peak-bytes", memory::peakBytes);
            List<MetricName> added = new ArrayList<>();
            try {
                gauges.forEach((name, value) -> {
                    MetricName metric = metrics.metricName(name, "See docs/operations.md", new LinkedHashMap<>());
                    metrics.addMetric(metric, (Gauge<Long>) (config, now) -> value.getAsLong());
                    added.add(metric);
                });
            } catch (IllegalArgumentException e) {
                // Whoever has the others may be giving them up just now; all are added the next time, or none.
                added.forEach(metrics::removeMetric);
                throw e;
            }
        }
    }
}
