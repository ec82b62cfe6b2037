package io.rowlake.connect;

import io.rowlake.event.SourcePartition;
import io.rowlake.pipeline.SourceControl;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkTaskContext;

/** The pipeline's wishes to the consumer. Rewinds are gathered, since Connect fails over a partition that was taken away. */
final class ConsumerControl implements SourceControl {

    private final SinkTaskContext context;
    private final Map<TopicPartition, Long> rewinds = new HashMap<>();

    ConsumerControl(SinkTaskContext context) {
        this.context = context;
    }

    @Override
    public void rewind(SourcePartition partition, long offset) {
        rewinds.merge(kafkas(partition), offset, Math::min);
    }

    @Override
    public void pause(Set<SourcePartition> partitions) {
        context.pause(stillAssigned(partitions));
    }

    @Override
    public void resume(Set<SourcePartition> partitions) {
        context.resume(stillAssigned(partitions));
    }

    @Override
    public void requestCommit() {
        context.requestCommit();
    }

    /** Whether rewinds were asked for that Connect doesn't know of, so that the records that come stand before them. */
    boolean hasRewinds() {
        return !rewinds.isEmpty();
    }

    /** Drops what was wished for partitions that are gone. */
    void forget(Collection<TopicPartition> partitions) {
        rewinds.keySet().removeAll(partitions);
    }

    /** Tells Connect, which seeks before it polls again. */
    void apply() {
        if (!rewinds.isEmpty()) {
            context.offset(Map.copyOf(rewinds));
            rewinds.clear();
        }
    }

    /** Connect fails a task that pauses what was taken away, as after a session timeout. */
    private TopicPartition[] stillAssigned(Set<SourcePartition> partitions) {
        return partitions.stream()
                .map(ConsumerControl::kafkas)
                .filter(context.assignment()::contains)
                .toArray(TopicPartition[]::new);
    }

    private static TopicPartition kafkas(SourcePartition partition) {
        return new TopicPartition(partition.topic(), partition.partition());
    }
}
