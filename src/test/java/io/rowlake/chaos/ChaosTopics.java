package io.rowlake.chaos;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** The topics of the run, as Kafka sees them. */
final class ChaosTopics implements AutoCloseable {

    static final List<String> NAMES = List.of("alpha", "beta", "gamma");
    static final int PARTITIONS = 4;

    private static final int REQUEST_SECONDS = 30;

    private final Admin admin;

    ChaosTopics(String bootstrapServers) {
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }

    void create() throws Exception {
        admin.createTopics(NAMES.stream()
                        .map(name -> new NewTopic(name, PARTITIONS, (short) 1))
                        .toList())
                .all()
                .get(REQUEST_SECONDS, TimeUnit.SECONDS);
    }

    static List<TopicPartition> partitions() {
        var partitions = new ArrayList<TopicPartition>();
        for (String name : NAMES) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                partitions.add(new TopicPartition(name, partition));
            }
        }
        return partitions;
    }

    /** Where each partition ends. */
    Map<TopicPartition, Long> ends() throws Exception {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        partitions().forEach(partition -> latest.put(partition, OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        admin.listOffsets(latest)
                .all()
                .get(REQUEST_SECONDS, TimeUnit.SECONDS)
                .forEach((partition, result) -> ends.put(partition, result.offset()));
        return ends;
    }

    /** Whether the connector has told Kafka anything yet. */
    boolean hasCommitted(String connector) throws Exception {
        return !committed(connector).isEmpty();
    }

    /** How many records the connector has not told Kafka to be in its destination. */
    long lag(String connector) throws Exception {
        Map<TopicPartition, OffsetAndMetadata> committed = committed(connector);
        long lag = 0;
        for (Map.Entry<TopicPartition, Long> end : ends().entrySet()) {
            OffsetAndMetadata offset = committed.get(end.getKey());
            lag += end.getValue() - (offset == null ? 0 : offset.offset());
        }
        return lag;
    }

    private Map<TopicPartition, OffsetAndMetadata> committed(String connector) throws Exception {
        return admin.listConsumerGroupOffsets("connect-" + connector)
                .partitionsToOffsetAndMetadata()
                .get(REQUEST_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        admin.close();
    }
}
