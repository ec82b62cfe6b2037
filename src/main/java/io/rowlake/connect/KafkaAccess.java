package io.rowlake.connect;

import io.rowlake.config.SinkOptions;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Questions to Kafka that Connect answers to nobody, by the options {@code kafka.*} of the connector. */
final class KafkaAccess {

    private final Map<String, String> configuration;

    KafkaAccess(Map<String, String> configuration) {
        this.configuration = configuration;
    }

    /** Whether the connector says where Kafka is. */
    boolean isConfigured() {
        return !servers().isBlank();
    }

    String servers() {
        return configuration.getOrDefault(SinkOptions.KAFKA_PREFIX + "bootstrap.servers", "");
    }

    /** A consumer in no group, which the caller closes. */
    Consumer<byte[], byte[]> consumer() {
        Map<String, Object> properties = new HashMap<>();
        configuration.forEach((key, value) -> {
            if (key.startsWith(SinkOptions.KAFKA_PREFIX)) {
                properties.put(key.substring(SinkOptions.KAFKA_PREFIX.length()), value);
            }
        });
        properties.put("key.deserializer", ByteArrayDeserializer.class.getName());
        properties.put("value.deserializer", ByteArrayDeserializer.class.getName());
        properties.put("allow.auto.create.topics", "false");
        return new KafkaConsumer<>(properties);
    }
}
