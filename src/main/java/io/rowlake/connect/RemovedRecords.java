package io.rowlake.connect;

import io.rowlake.event.SourceOffsets;
import io.rowlake.pipeline.PipelineCounters;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out whether Kafka has removed records, by retention, before they were in the destination. Records don't tell: a gap
 * in their offsets may as well come of compaction or transactions. So Kafka is asked where its logs begin, if the connector
 * says where Kafka is.
 */
final class RemovedRecords {

    private static final Logger LOG = LoggerFactory.getLogger(RemovedRecords.class);

    private final KafkaAccess kafka;
    private final PipelineCounters counters;

    RemovedRecords(KafkaAccess kafka, PipelineCounters counters) {
        this.kafka = kafka;
        this.counters = counters;
    }

    /** Says which records are lost, given the next that the destinations want. */
    void report(SourceOffsets wanted) {
        if (wanted.isEmpty() || !kafka.isConfigured()) {
            return;
        }
        Map<TopicPartition, Long> next = new HashMap<>();
        wanted.asMap()
                .forEach((partition, offset) ->
                        next.put(new TopicPartition(partition.topic(), partition.partition()), offset));
        try (Consumer<byte[], byte[]> consumer = kafka.consumer()) {
            consumer.beginningOffsets(next.keySet())
                    .forEach((partition, begin) -> report(partition, next.getOrDefault(partition, begin), begin));
        } catch (KafkaException e) {
            LOG.warn("Cannot ask Kafka at {} where its logs begin: {}", kafka.servers(), e.getMessage(), e);
        }
    }

    private void report(TopicPartition partition, long wanted, long begin) {
        long lost = begin - wanted;
        if (lost > 0) {
            counters.lost(lost);
            LOG.error(
                    "Kafka has removed up to {} records of {} before they were written: the destination goes on from offset"
                            + " {}, and the log begins at {}. The rows after that follow. Keep records longer"
                            + " (retention.ms, retention.bytes) than the connector may stand still",
                    lost,
                    partition,
                    wanted,
                    begin);
        }
    }
}
