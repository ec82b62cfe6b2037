package io.rowlake.pipeline;

import io.rowlake.batch.BatchFullException;
import io.rowlake.decode.RawRecord;
import io.rowlake.decode.TopicDecoder;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the records of a table's topics into its batch, each topic's by a decoder of its own. */
final class Intake {

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    private final String table;
    private final OpenBatch batch;
    private final Routes routes;
    private final PipelineCounters counters;
    private final Map<String, TopicDecoder> decoders = new HashMap<>();
    private final Set<String> topicsWithIgnoredDeletes = new HashSet<>();

    Intake(String table, OpenBatch batch, PipelineParts parts) {
        this.table = table;
        this.batch = batch;
        this.routes = parts.routes();
        this.counters = parts.counters();
    }

    /**
     * Takes a record, and says whether it became a row.
     *
     * @throws io.rowlake.event.MalformedEventException if the record is bad
     */
    boolean append(RawRecord record) {
        TopicDecoder decoder = decoder(record.topic());
        TopicDecoder.Outcome outcome;
        try {
            outcome = decoder.decode(record);
        } catch (BatchFullException e) {
            batch.stage();
            outcome = decoder.decode(record);
        }
        return switch (outcome) {
            case APPENDED -> {
                counters.appended();
                yield true;
            }
            case IGNORED_DELETE, IGNORED_TRUNCATE -> {
                ignored(record.topic());
                yield false;
            }
        };
    }

    private TopicDecoder decoder(String topic) {
        TopicDecoder decoder = decoders.get(topic);
        if (decoder == null) {
            decoder = new TopicDecoder(routes.decoding(topic), batch.target(routes.shaping(topic)));
            decoders.put(topic, decoder);
        }
        return decoder;
    }

    private void ignored(String topic) {
        counters.ignoredDelete();
        if (topicsWithIgnoredDeletes.add(topic)) {
            LOG.warn(
                    "Topic {} has deletes, which append form does not write: the rows of {} stay. They are counted in the"
                            + " metric ignored-deletes; this is said once",
                    topic,
                    table);
        }
    }
}
