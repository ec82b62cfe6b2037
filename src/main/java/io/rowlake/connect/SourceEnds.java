package io.rowlake.connect;

import io.rowlake.config.ReplaceUntil;
import io.rowlake.config.SinkOptions;
import io.rowlake.config.TopicEnds;
import io.rowlake.event.SourcePartition;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkConnector;

/** Asks Kafka where a connector's topics end, which Connect doesn't tell its connectors. */
final class SourceEnds {

    private final Map<String, String> configuration;
    private final KafkaAccess kafka;

    SourceEnds(Map<String, String> configuration) {
        this.configuration = configuration;
        this.kafka = new KafkaAccess(configuration);
    }

    /**
     * The ends, as the option {@link SinkOptions#REPLACE_UNTIL} states them.
     *
     * @throws ConnectException if Kafka can't be asked
     */
    String text() {
        Map<SourcePartition, Long> ends = new HashMap<>();
        try (Consumer<byte[], byte[]> consumer = kafka.consumer()) {
            new TopicEnds(consumer)
                    .of(topics(consumer))
                    .forEach((partition, end) ->
                            ends.put(new SourcePartition(partition.topic(), partition.partition()), end));
        } catch (KafkaException e) {
            throw new ConnectException(
                    "Cannot ask Kafka at " + SinkOptions.KAFKA_PREFIX + "bootstrap.servers="
                            + kafka.servers()
                            + " where the topics end, which replacing an existing target needs: " + e.getMessage(),
                    e);
        }
        return ReplaceUntil.text(ends);
    }

    private Collection<String> topics(Consumer<byte[], byte[]> consumer) {
        String list = configuration.getOrDefault(SinkConnector.TOPICS_CONFIG, "");
        if (!list.isBlank()) {
            return Arrays.stream(list.split(",", -1)).map(String::strip).toList();
        }
        Pattern pattern = Pattern.compile(configuration.getOrDefault("topics.regex", ""));
        List<String> all = List.copyOf(consumer.listTopics().keySet());
        return all.stream().filter(topic -> pattern.matcher(topic).matches()).toList();
    }
}
