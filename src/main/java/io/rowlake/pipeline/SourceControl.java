package io.rowlake.pipeline;

import io.rowlake.event.SourcePartition;
import java.util.Set;

/** What the pipeline asks of the consumer that feeds it. */
public interface SourceControl {

    /** From the next delivery on, the partition's records come again from the offset. */
    void rewind(SourcePartition partition, long offset);

    /** No records of the partitions until {@link #resume}. */
    void pause(Set<SourcePartition> partitions);

    void resume(Set<SourcePartition> partitions);

    /** The committed offsets have moved, and Kafka may be told. */
    void requestCommit();
}
