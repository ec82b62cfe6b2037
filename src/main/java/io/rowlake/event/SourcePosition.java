package io.rowlake.event;

/** Where one change stands in its topic. Prints as {@code images-0@4711}. */
public record SourcePosition(SourcePartition partition, long offset) {

    public SourcePosition {
        if (offset < 0) {
            throw new IllegalArgumentException("offset must not be negative but was " + offset);
        }
    }

    @Override
    public String toString() {
        return partition + "@" + offset;
    }
}
