package io.rowlake.connect;

import io.rowlake.config.DestinationOffsets;
import io.rowlake.config.SinkOptions;
import io.rowlake.config.SinkSettings;
import io.rowlake.config.Version;
import io.rowlake.event.SourcePartition;
import io.rowlake.sink.RetriableSinkException;
import io.rowlake.sink.SinkException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkConnector;

/** Keeps Iceberg tables, or JSON Lines or CSV files, in step with topics of row changes. */
public final class LakehouseSinkConnector extends SinkConnector {

    private Map<String, String> configuration = Map.of();

    @Override
    public String version() {
        return Version.current();
    }

    @Override
    public ConfigDef config() {
        return SinkOptions.definition();
    }

    /** Names every wrong key with what is wrong; asks neither Kafka nor the destination. */
    @Override
    public Config validate(Map<String, String> connectorConfigs) {
        Config config = super.validate(connectorConfigs);
        SinkSettings.problems(connectorConfigs)
                .forEach((option, problem) -> valueOf(option, config).addErrorMessage(problem));
        return config;
    }

    @Override
    public void start(Map<String, String> properties) {
        configuration = Map.copyOf(properties);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return LakehouseSinkTask.class;
    }

    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        Map<String, String> common = new HashMap<>(configuration);
        if (SinkSettings.replaces(configuration)) {
            common.put(SinkOptions.REPLACE_UNTIL, new SourceEnds(configuration).text());
        }
        List<Map<String, String>> tasks = new ArrayList<>();
        for (int number = 0; number < maxTasks; number++) {
            Map<String, String> task = new HashMap<>(common);
            task.put(SinkOptions.TASK_NUMBER, String.valueOf(number));
            tasks.add(task);
        }
        return tasks;
    }

    /**
     * Takes the offsets over to the destination, which is where the tasks go on. Called while the connector is stopped.
     *
     * @return whether it is certain that they count: topics may be renamed on their way to a table
     * @throws ConnectException with the reason, if they can't be taken over
     */
    @Override
    public boolean alterOffsets(Map<String, String> connectorConfig, Map<TopicPartition, Long> offsets) {
        Map<SourcePartition, OptionalLong> wanted = new HashMap<>();
        offsets.forEach((partition, offset) -> wanted.put(
                new SourcePartition(partition.topic(), partition.partition()),
                offset == null ? OptionalLong.empty() : OptionalLong.of(offset)));
        try (DestinationOffsets destination = SinkSettings.of(connectorConfig).offsets(InstantSource.system())) {
            destination.change(wanted);
        } catch (SinkException | RetriableSinkException e) {
            throw new ConnectException(e.getMessage(), e);
        }
        return connectorConfig.getOrDefault("transforms", "").isBlank();
    }

    @Override
    public void stop() {
        // Everything that runs belongs to the tasks.
    }

    private static ConfigValue valueOf(String option, Config config) {
        return config.configValues().stream()
                .filter(value -> value.name().equals(option))
                .findFirst()
                .orElseGet(() -> added(option, config));
    }

    private static ConfigValue added(String option, Config config) {
        var value = new ConfigValue(option);
        config.configValues().add(value);
        return value;
    }
}
