package io.rowlake.model;

import io.rowlake.event.SourcePartition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Kafka: how many records there are, who owns which partition, and which offsets the group has committed. */
final class Broker {

    static final String TOPIC = "rows";

    private final Map<SourcePartition, Long> ends = new TreeMap<>();
    private final Map<SourcePartition, Long> committed = new TreeMap<>();
    private final Map<SourcePartition, Member> owners = new TreeMap<>();
    private final List<Late> late = new ArrayList<>();

    /** A commit of offsets that is still on its way. */
    private record Late(Member member, Map<SourcePartition, Long> offsets) {}

    Broker(int partitions, long records) {
        for (int partition = 0; partition < partitions; partition++) {
            ends.put(new SourcePartition(TOPIC, partition), records);
        }
    }

    List<SourcePartition> partitions() {
        return List.copyOf(ends.keySet());
    }

    long end(SourcePartition partition) {
        return ends.getOrDefault(partition, 0L);
    }

    void produce(SourcePartition partition, int records) {
        ends.merge(partition, (long) records, Long::sum);
    }

    void assign(SourcePartition partition, Member member) {
        owners.put(partition, member);
    }

    boolean isOwner(Member member, SourcePartition partition) {
        return member.equals(owners.get(partition));
    }

    List<SourcePartition> owned(Member member) {
        return owners.keySet().stream()
                .filter(partition -> isOwner(member, partition))
                .toList();
    }

    long committed(SourcePartition partition) {
        return committed.getOrDefault(partition, 0L);
    }

    boolean hasLateCommits() {
        return !late.isEmpty();
    }

    /** A commit gets lost for a while. */
    void delay(Member member, Map<SourcePartition, Long> offsets) {
        late.add(new Late(member, offsets));
    }

    void arrive() {
        Late first = late.remove(0);
        commit(first.member(), first.offsets());
    }

    /** Members that lost a partition are fenced. */
    void commit(Member member, Map<SourcePartition, Long> offsets) {
        offsets.forEach((partition, offset) -> {
            if (isOwner(member, partition)) {
                committed.put(partition, offset);
            }
        });
    }
}
