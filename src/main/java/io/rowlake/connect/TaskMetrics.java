package io.rowlake.connect;

import io.rowlake.batch.BatchMemory;
import io.rowlake.pipeline.PipelineCounters;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The task's counters as Connect's metrics: {@code kafka.connect:type=plugins,connector=…,task=…} in JMX. */
final class TaskMetrics {

    private static final Logger LOG = LoggerFactory.getLogger(TaskMetrics.class);

    private TaskMetrics() {}

    /** Registers them, on workers that can: Kafka 4.1 and later. Connect removes them with the task. */
    static void register(SinkTaskContext context, PipelineCounters counters, BatchMemory memory) {
        try {
            Registration.add(context, counters, memory);
        } catch (NoSuchMethodError | NoClassDefFoundError e) {
            LOG.info("This worker has no metrics for plugins: Kafka 4.1 brings them");
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
            gauges.put("batch-memory-bytes", memory::allocatedBytes);
            gauges.put("batch-memory-peak-bytes", memory::peakBytes);
            gauges.forEach((name, value) -> metrics.addMetric(
                    metrics.metricName(name, "See docs/operations.md", new LinkedHashMap<>()),
                    (Gauge<Long>) (config, now) -> value.getAsLong()));
        }
    }
}
