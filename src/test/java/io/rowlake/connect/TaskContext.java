package io.rowlake.connect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.MetricConfig;
import org.apache.kafka.common.metrics.MetricValueProvider;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.jspecify.annotations.Nullable;

/** What Connect gives a task, as a record of what the task made of it. */
final class TaskContext implements SinkTaskContext, PluginMetrics {

    final Map<TopicPartition, Long> rewinds = new HashMap<>();
    final Set<TopicPartition> paused = new HashSet<>();
    final Set<TopicPartition> assigned = new HashSet<>();
    final List<String> reported = new ArrayList<>();
    long timeoutMillis = -1;
    private Predicate<String> taken = name -> false;
    private final Map<String, MetricValueProvider<?>> gauges = new HashMap<>();
    private boolean hasReporter;

    /** As with a dead letter queue. */
    TaskContext withReporter() {
        hasReporter = true;
        return this;
    }

    long metric(String name) {
        Gauge<?> gauge = (Gauge<?>) Objects.requireNonNull(gauges.get(name), name);
        return ((Number) gauge.value(new MetricConfig(), 0)).longValue();
    }

    @Override
    public Map<String, String> configs() {
        return Map.of();
    }

    @Override
    public void offset(Map<TopicPartition, Long> offsets) {
        rewinds.putAll(offsets);
    }

    @Override
    public void offset(TopicPartition partition, long offset) {
        rewinds.put(partition, offset);
    }

    @Override
    public void timeout(long millis) {
        timeoutMillis = millis;
    }

    @Override
    public Set<TopicPartition> assignment() {
        return assigned;
    }

    @Override
    public void pause(TopicPartition... partitions) {
        paused.addAll(List.of(partitions));
    }

    @Override
    public void resume(TopicPartition... partitions) {
        List.of(partitions).forEach(paused::remove);
    }

    @Override
    public void requestCommit() {
        // Nobody here waits for it.
    }

    @Override
    @SuppressWarnings("NullAway") // Connect's own interface returns null where there is no reporter.
    public @Nullable ErrantRecordReporter errantRecordReporter() {
        return hasReporter ? this::report : null;
    }

    @Override
    public PluginMetrics pluginMetrics() {
        return this;
    }

    @Override
    @SuppressWarnings("NonApiType") // The parameter is as Kafka declares it.
    public MetricName metricName(String name, String description, LinkedHashMap<String, String> tags) {
        return new MetricName(name, "plugins", description, tags);
    }

    /** Whether an earlier run of the task still has its metrics. */
    void metricsAreTaken(boolean areTaken) {
        taken = name -> areTaken;
    }

    /** The earlier run has this one left. */
    void metricIsTaken(String metric) {
        taken = metric::equals;
    }

    Set<String> metrics() {
        return gauges.keySet();
    }

    @Override
    public void addMetric(MetricName name, MetricValueProvider<?> provider) {
        if (taken.test(name.name()) || gauges.containsKey(name.name())) {
            throw new IllegalArgumentException("A metric named '" + name.name() + "' already exists");
        }
        gauges.put(name.name(), provider);
    }

    @Override
    public void removeMetric(MetricName name) {
        gauges.remove(name.name());
    }

    @Override
    public Sensor addSensor(String name) {
        throw new UnsupportedOperationException("The task has no sensors");
    }

    @Override
    public void removeSensor(String name) {
        throw new UnsupportedOperationException("The task has no sensors");
    }

    private CompletableFuture<Void> report(SinkRecord record, Throwable reason) {
        reported.add(record.kafkaOffset() + ": " + reason.getMessage());
        return CompletableFuture.completedFuture(null);
    }
}
