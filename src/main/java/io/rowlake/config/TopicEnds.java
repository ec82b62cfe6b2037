package io.rowlake.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Where topics end at this moment: by partition, the offset after the last record that a consumer gets to see. That is not
 * always Kafka's end offset, before which a transaction's marker may stand, or nothing at all after an aborted one.
 */
public final class TopicEnds {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final int POLLS_WITHOUT_HEADWAY_MAX = 150;
    private static final int STEP_FACTOR = 16;

    private final Consumer<byte[], byte[]> consumer;

    /** The consumer is the caller's to close. */
    public TopicEnds(Consumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    /**
     * The end of each partition of the topics, zero where it has no record.
     *
     * @throws TimeoutException if Kafka doesn't answer
     */
    public Map<TopicPartition, Long> of(Collection<String> topics) {
        List<TopicPartition> partitions = new ArrayList<>();
        topics.forEach(topic -> consumer.partitionsFor(topic)
                .forEach(info -> partitions.add(new TopicPartition(topic, info.partition()))));
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> found = new HashMap<>();
        consumer.endOffsets(partitions)
                .forEach((partition, end) ->
                        found.put(partition, end(partition, begins.getOrDefault(partition, 0L), end)));
        return found;
    }

    /** Looks at the last offset, then further and further back, until there is a record. */
    private long end(TopicPartition partition, long begin, long end) {
        consumer.assign(List.of(partition));
        for (long back = 1, to = end; to > begin; back *= STEP_FACTOR) {
            long from = Math.max(begin, to - back);
            OptionalLong last = lastBetween(partition, from, to);
            if (last.isPresent()) {
                return last.getAsLong() + 1;
            }
            to = from;
        }
        return 0;
    }

    private OptionalLong lastBetween(TopicPartition partition, long from, long to) {
        OptionalLong last = OptionalLong.empty();
        consumer.seek(partition, from);
        int pollsWithoutHeadway = 0;
        for (long position = from; position < to; ) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (record.offset() < to) {
                    last = OptionalLong.of(record.offset());
                }
            }
            long reached = consumer.position(partition);
            pollsWithoutHeadway = reached > position ? 0 : pollsWithoutHeadway + 1;
            if (pollsWithoutHeadway == POLLS_WITHOUT_HEADWAY_MAX) {
                throw new TimeoutException("No record of " + partition + " came from offset " + reached + " on within "
                        + POLL.multipliedBy(POLLS_WITHOUT_HEADWAY_MAX).toSeconds() + " s");
            }
            position = reached;
        }
        return last;
    }
}
