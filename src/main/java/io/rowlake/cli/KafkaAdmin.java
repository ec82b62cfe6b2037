package io.rowlake.cli;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** The questions the demonstration asks of a broker. */
final class KafkaAdmin implements AutoCloseable {

    private final Admin admin;

    KafkaAdmin(String bootstrapServers) {
        this.admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
    }

    /** Creates the topics that are not there, with as many partitions as told. */
    void createMissing(Map<String, Integer> partitions) {
        Set<String> present = get(admin.listTopics().names(), "list the topics");
        List<NewTopic> missing = partitions.entrySet().stream()
                .filter(topic -> !present.contains(topic.getKey()))
                .map(topic -> new NewTopic(topic.getKey(), topic.getValue(), (short) 1))
                .toList();
        get(admin.createTopics(missing).all(), "create the topics " + partitions.keySet());
    }

    /** By partition, the offset after the last record. */
    Map<TopicPartition, Long> endOffsets(Collection<String> topics) {
        var wanted = new HashMap<TopicPartition, OffsetSpec>();
        get(admin.describeTopics(topics).allTopicNames(), "describe the topics " + topics)
                .forEach((topic, description) -> description
                        .partitions()
                        .forEach(each -> wanted.put(new TopicPartition(topic, each.partition()), OffsetSpec.latest())));
        return get(admin.listOffsets(wanted).all(), "read the end offsets of " + topics).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    /** By partition, the next offset that the group has committed; a partition without a commit is missing. */
    Map<TopicPartition, Long> committed(String group) {
        Map<TopicPartition, OffsetAndMetadata> offsets = get(
                admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata(),
                "read the offsets of group " + group);
        var committed = new HashMap<TopicPartition, Long>();
        offsets.forEach((partition, offset) -> {
            if (offset != null) {
                committed.put(partition, offset.offset());
            }
        });
        return committed;
    }

    /** By topic, how many records it holds. */
    Map<String, Long> records(Collection<String> topics) {
        return endOffsets(topics).entrySet().stream()
                .collect(Collectors.groupingBy(
                        entry -> entry.getKey().topic(), TreeMap::new, Collectors.summingLong(Map.Entry::getValue)));
    }

    @Override
    public void close() {
        admin.close();
    }

    private static <T> T get(KafkaFuture<T> future, String purpose) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new CommandException("Cannot " + purpose + ": " + CommandException.reason(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException("Interrupted while asking the broker", e);
        }
    }
}
