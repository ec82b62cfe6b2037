package io.rowlake.pipeline;

import io.rowlake.event.SourcePartition;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Passes on what lanes wish of the consumer, and so knows from which offset on the records of each partition have to come. A
 * record before that means that Kafka has set the consumer back by itself: the topic is another one, or was cut off.
 */
final class DeliveryOrder implements SourceControl {

    private static final long UNKNOWN = -1;

    private final SourceControl source;
    private final Map<SourcePartition, Cursor> cursors = new HashMap<>();

    DeliveryOrder(SourceControl source) {
        this.source = source;
    }

    /** What is known of one partition, whichever lanes take its records. */
    static final class Cursor {

        private long next = UNKNOWN;
        private long askedFor = UNKNOWN;

        /** Notes a record that came. Says whether it came where it has to. */
        boolean follows(long offset) {
            boolean inOrder = offset >= next;
            next = offset + 1;
            return inOrder;
        }

        private void ask(long offset) {
            askedFor = askedFor == UNKNOWN ? offset : Math.min(askedFor, offset);
        }

        private void deliveryBegins() {
            if (askedFor != UNKNOWN) {
                next = askedFor;
                askedFor = UNKNOWN;
            }
        }
    }

    /** The same one until {@link #forget}. */
    Cursor cursor(SourcePartition partition) {
        return cursors.computeIfAbsent(partition, any -> new Cursor());
    }

    /** All rewinds that were asked for have been done. */
    void deliveryBegins() {
        cursors.values().forEach(Cursor::deliveryBegins);
    }

    void forget(Collection<SourcePartition> partitions) {
        cursors.keySet().removeAll(partitions);
    }

    @Override
    public void rewind(SourcePartition partition, long offset) {
        cursor(partition).ask(offset);
        source.rewind(partition, offset);
    }

    @Override
    public void pause(Set<SourcePartition> partitions) {
        source.pause(partitions);
    }

    @Override
    public void resume(Set<SourcePartition> partitions) {
        source.resume(partitions);
    }

    @Override
    public void requestCommit() {
        source.requestCommit();
    }
}
