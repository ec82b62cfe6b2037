package io.rowlake.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowlake.batch.BatchMemory;
import io.rowlake.pipeline.PipelineCounters;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TaskMetricsTest {

    private final TaskContext context = new TaskContext();
    private final BatchMemory memory = new BatchMemory();
    private Instant now = Instant.parse("2026-11-23T00:00:00Z");
    private final TaskMetrics metrics = new TaskMetrics(context, new PipelineCounters(), memory, () -> now);

    @AfterEach
    void everythingIsReleased() {
        memory.close();
    }

    @Test
    void aTaskWhosePredecessorHasNotEndedGetsItsMetricsLater() {
        context.metricsAreTaken(true);
        metrics.register();
        context.metricsAreTaken(false);

        metrics.register();
        assertThat(context.metrics()).isEmpty();
        now = now.plus(Duration.ofSeconds(10));
        metrics.register();

        assertThat(context.metrics()).contains("rows-committed");
    }

    @Test
    void aTaskWhosePredecessorIsGivingItsMetricsUpGetsAllOfThemLater() {
        context.metricIsTaken("retries");
        metrics.register();
        assertThat(context.metrics()).isEmpty();
        context.metricsAreTaken(false);

        now = now.plus(Duration.ofSeconds(10));
        metrics.register();

        assertThat(context.metrics()).contains("rows-appended", "retries");
    }

    @Test
    void metricsAreRegisteredOnce() {
        metrics.register();
        context.metricsAreTaken(true);
        now = now.plus(Duration.ofSeconds(10));

        metrics.register();

        assertThat(context.metrics()).contains("rows-committed");
    }
}
