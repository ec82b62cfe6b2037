package io.rowlake.config;

import io.rowlake.batch.BatchMemory;
import io.rowlake.config.SinkOptions.Destination;
import io.rowlake.pipeline.BrokenTables;
import io.rowlake.pipeline.FlushPolicy;
import io.rowlake.pipeline.PipelineCounters;
import io.rowlake.pipeline.PipelineParts;
import io.rowlake.pipeline.PipelineParts.SchemaConflicts;
import io.rowlake.pipeline.Routes;
import io.rowlake.pipeline.SinkPipeline;
import io.rowlake.pipeline.SourceControl;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigException;

/** A valid configuration, and the objects it stands for. */
public final class SinkSettings {

    private static final Duration TICK_MAX = Duration.ofSeconds(1);

    private final OptionValues values;

    private SinkSettings(OptionValues values) {
        this.values = values;
    }

    /**
     * Reads a configuration.
     *
     * @throws ConfigException if anything is wrong; the message names every wrong option
     */
    public static SinkSettings of(Map<String, String> configuration) {
        Map<String, Object> parsed = SinkOptions.definition().parse(configuration);
        Map<String, String> problems = problems(configuration);
        if (!problems.isEmpty()) {
            throw new ConfigException(problems.values().stream().collect(Collectors.joining("; ")));
        }
        return new SinkSettings(new OptionValues(Map.copyOf(configuration), parsed));
    }

    /**
     * By option, what is wrong beyond the rule of a single option: unknown names, and options that don't go together.
     * What the rules of the definition find is not repeated.
     */
    public static Map<String, String> problems(Map<String, String> configuration) {
        return SinkRules.problems(configuration);
    }

    /** Whether an existing target is to be replaced, so that the tasks have to know {@link SinkOptions#REPLACE_UNTIL}. */
    public static boolean replaces(Map<String, String> configuration) {
        boolean isIceberg =
                configuration.getOrDefault(SinkOptions.DESTINATION, "").equals("iceberg");
        String option = isIceberg ? SinkOptions.ICEBERG_IF_EXISTS : SinkOptions.FILES_IF_EXISTS;
        return configuration.getOrDefault(option, "").equals("replace");
    }

    /** How often the pipeline has to be called, so that it notices what is due. */
    public Duration tick() {
        return Collections.min(List.of(TICK_MAX, flushInterval(), values.millis(SinkOptions.RETRY_BACKOFF_MS)));
    }

    /** A new pipeline, with its sinks, for one task. */
    public SinkPipeline pipeline(
            SourceControl source, InstantSource clock, PipelineCounters counters, BatchMemory memory) {
        return new SinkPipeline(
                new PipelineParts(
                        routes(clock),
                        flushPolicy(),
                        new BrokenTables(
                                values.choice(SinkOptions.TABLE_FAILURE, BrokenTables.Action.class),
                                values.millis(SinkOptions.TABLE_RETRY_INTERVAL_MS)),
                        values.choice(SinkOptions.SCHEMA_CONFLICTS, SchemaConflicts.class),
                        source,
                        clock,
                        counters),
                memory);
    }

    /** The offsets that the destinations have, to change them while nothing runs. The caller closes it. */
    public DestinationOffsets offsets(InstantSource clock) {
        return new DestinationOffsets(routes(clock), values);
    }

    private Routes routes(InstantSource clock) {
        return switch (destination()) {
            case ICEBERG -> new IcebergRoutes(values, clock);
            case JSONL, CSV -> new FileRoutes(values, clock);
        };
    }

    private FlushPolicy flushPolicy() {
        return new FlushPolicy(
                values.number(SinkOptions.BATCH_SIZE_BYTES),
                values.number(SinkOptions.FLUSH_RECORDS),
                flushInterval(),
                values.millis(SinkOptions.RETRY_BACKOFF_MS),
                values.millis(SinkOptions.DELIVERY_TIMEOUT_MS),
                values.millis(SinkOptions.CLOSE_TIMEOUT_MS),
                Math.toIntExact(values.number(SinkOptions.COMMIT_THREADS)));
    }

    private Duration flushInterval() {
        Duration interval = values.millis(SinkOptions.FLUSH_INTERVAL_MS);
        Duration roll = values.millis(SinkOptions.FILES_ROLL_INTERVAL_MS);
        // A file can't be published for its age before its rows are written to it.
        return destination() == Destination.ICEBERG || interval.compareTo(roll) <= 0 ? interval : roll;
    }

    private Destination destination() {
        return values.choice(SinkOptions.DESTINATION, Destination.class);
    }
}
