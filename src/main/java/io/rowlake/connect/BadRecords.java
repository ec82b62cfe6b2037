package io.rowlake.connect;

import io.rowlake.event.MalformedEventException;
import java.util.Map;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of records that can't be read: the dead letter queue, a failed task, or a warning. */
final class BadRecords {

    private static final Logger LOG = LoggerFactory.getLogger(BadRecords.class);

    private final @Nullable ErrantRecordReporter reporter;
    private final boolean tolerated;
    private long dropped;

    BadRecords(SinkTaskContext context, Map<String, String> properties) {
        reporter = context.errantRecordReporter();
        tolerated = "all".equals(properties.get("errors.tolerance"));
    }

    /**
     * Takes care of the record.
     *
     * @throws org.apache.kafka.connect.errors.ConnectException if errors are not tolerated
     */
    void report(SinkRecord record, MalformedEventException reason) {
        if (reporter != null) {
            // Connect awaits the returned future itself, before it commits offsets.
            var unused = reporter.report(record, reason);
        } else if (tolerated) {
            drop(reason);
        } else {
            throw new DataException(
                    reason.getMessage()
                            + " (to go on without such records, set errors.tolerance=all and"
                            + " errors.deadletterqueue.topic.name)",
                    reason);
        }
    }

    private void drop(MalformedEventException reason) {
        dropped++;
        // One, two, four, eight ...: a flood of bad records must not become a flood of lines.
        if (Long.bitCount(dropped) == 1) {
            LOG.warn(
                    "Dropped a bad record, {} so far: errors.tolerance=all without a dead letter queue. {}",
                    dropped,
                    reason.getMessage());
        }
    }
}
