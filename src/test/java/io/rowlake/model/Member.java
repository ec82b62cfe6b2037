package io.rowlake.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rowlake.batch.BatchMemory;
import io.rowlake.decode.Payload;
import io.rowlake.decode.RawRecord;
import io.rowlake.event.SourcePartition;
import io.rowlake.event.SourcePosition;
import io.rowlake.pipeline.PipelineParts;
import io.rowlake.pipeline.SinkPipeline;
import io.rowlake.pipeline.SourceControl;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** A task, the process it runs in, and its consumer, which believes to own partitions until it notices otherwise. */
final class Member implements SourceControl {

    private final String name;
    private final TaskThread thread = new TaskThread();
    private final BatchMemory memory = new BatchMemory();
    private final SinkPipeline pipeline;
    private final boolean rewinding;
    private final Map<SourcePartition, Long> positions = new TreeMap<>();
    private final Map<SourcePartition, Long> rewinds = new TreeMap<>();
    private final Set<SourcePartition> paused = new HashSet<>();

    /** @param rewinding whether rewinds are done; a consumer that leaves them out is broken on purpose */
    Member(String name, boolean rewinding, Function<Member, PipelineParts> parts) {
        this.name = name;
        this.rewinding = rewinding;
        this.pipeline = new SinkPipeline(parts.apply(this), memory);
    }

    TaskThread thread() {
        return thread;
    }

    /** The partitions that it believes to own. */
    List<SourcePartition> assumed() {
        return List.copyOf(positions.keySet());
    }

    /** Takes partitions over, from where the group has committed. */
    void open(Map<SourcePartition, Long> from) {
        positions.putAll(from);
        pipeline.open(List.copyOf(from.keySet()));
        seek();
    }

    /** Gives partitions up, or notices that they are lost: Connect makes no difference. */
    void close(List<SourcePartition> partitions) {
        pipeline.close(partitions);
        partitions.forEach(positions::remove);
        partitions.forEach(rewinds::remove);
        partitions.forEach(paused::remove);
        seek();
    }

    /** One delivery, of at most so many records of each partition, and what follows from it. */
    void put(Function<SourcePartition, Long> ends, long countMax) {
        List<RawRecord> records = new ArrayList<>();
        for (SourcePartition partition : assumed()) {
            long from = Objects.requireNonNull(positions.get(partition));
            long to = paused.contains(partition) ? from : Math.min(ends.apply(partition), from + countMax);
            LongStream.range(from, to).forEach(offset -> records.add(record(partition, offset)));
            positions.put(partition, Math.max(from, to));
        }
        pipeline.deliveryBegins();
        records.forEach(pipeline::accept);
        pipeline.tick();
        seek();
    }

    /** What Connect would commit for it. */
    Map<SourcePartition, Long> committed() {
        Map<SourcePartition, Long> safe = new TreeMap<>(pipeline.committed().asMap());
        safe.keySet().retainAll(positions.keySet());
        return safe;
    }

    /** Ends the process. What it staged stays where it is. */
    void kill() {
        thread.kill();
        pipeline.close();
        memory.close();
    }

    @Override
    public void rewind(SourcePartition partition, long offset) {
        rewinds.put(partition, offset);
    }

    @Override
    public void pause(Set<SourcePartition> partitions) {
        paused.addAll(partitions);
    }

    @Override
    public void resume(Set<SourcePartition> partitions) {
        paused.removeAll(partitions);
    }

    @Override
    public void requestCommit() {
        // The schedule decides when Connect commits.
    }

    @Override
    public String toString() {
        return name;
    }

    private void seek() {
        rewinds.keySet().retainAll(positions.keySet());
        if (rewinding) {
            positions.putAll(rewinds);
        }
        rewinds.clear();
    }

    private static RawRecord record(SourcePartition partition, long offset) {
        String row = "{\"" + Destination.OFFSET + "\":" + offset + ",\"" + Destination.PARTITION + "\":"
                + partition.partition() + "}";
        return new RawRecord(
                partition.topic(),
                new SourcePosition(partition, offset),
                0,
                Payload.Absent.ABSENT,
                new Payload.JsonBytes(row.getBytes(UTF_8)));
    }

    /** What its last call failed with, null if it didn't. */
    @Nullable
    Throwable takeFailure() {
        return thread.takeFailure();
    }
}
