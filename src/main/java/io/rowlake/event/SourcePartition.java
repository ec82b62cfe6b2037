package io.rowlake.event;

import java.util.Comparator;

/**
 * A partition of a topic, named as the broker names it: before any transformation renamed the topic.
 *
 * @param partition zero or more
 */
public record SourcePartition(String topic, int partition) implements Comparable<SourcePartition> {

    private static final Comparator<SourcePartition> ORDER =
            Comparator.comparing(SourcePartition::topic).thenComparingInt(SourcePartition::partition);

    public SourcePartition {
        if (partition < 0) {
            throw new IllegalArgumentException("partition must not be negative but was " + partition);
        }
    }

    @Override
    public int compareTo(SourcePartition other) {
        return ORDER.compare(this, other);
    }

    /** As Kafka prints it: {@code images-0}. */
    @Override
    public String toString() {
        return topic + "-" + partition;
    }
}
