package io.rowlake.event;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** How far each source partition has been taken: the offset of the next record to read. Immutable. */
public final class SourceOffsets {

    private static final SourceOffsets NONE = new SourceOffsets(new TreeMap<>());

    private final SortedMap<SourcePartition, Long> next;

    private SourceOffsets(SortedMap<SourcePartition, Long> next) {
        this.next = Collections.unmodifiableSortedMap(next);
    }

    public static SourceOffsets none() {
        return NONE;
    }

    /** By partition, the offset of the next record to read. */
    public static SourceOffsets of(Map<SourcePartition, Long> next) {
        return new SourceOffsets(new TreeMap<>(next));
    }

    public static SourceOffsets of(SourcePartition partition, long next) {
        return of(Map.of(partition, next));
    }

    /** The offset of the next record to read, empty where nothing is known of the partition. */
    public OptionalLong next(SourcePartition partition) {
        Long offset = next.get(partition);
        return offset == null ? OptionalLong.empty() : OptionalLong.of(offset);
    }

    public boolean isEmpty() {
        return next.isEmpty();
    }

    /** In the order of topic and partition, unmodifiable. */
    public SortedMap<SourcePartition, Long> asMap() {
        return next;
    }

    /** These offsets, where {@code newer} has a partition its offset instead. */
    public SourceOffsets updatedWith(SourceOffsets newer) {
        SortedMap<SourcePartition, Long> merged = new TreeMap<>(next);
        merged.putAll(newer.next);
        return new SourceOffsets(merged);
    }

    /** These offsets, of the given partitions only. */
    public SourceOffsets of(Collection<SourcePartition> partitions) {
        SortedMap<SourcePartition, Long> kept = new TreeMap<>(next);
        kept.keySet().retainAll(partitions);
        return new SourceOffsets(kept);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SourceOffsets that && next.equals(that.next);
    }

    @Override
    public int hashCode() {
        return next.hashCode();
    }

    /** As in {@code {images-0=12, images-1=7}}. */
    @Override
    public String toString() {
        return next.toString();
    }
}
