package io.rowlake.connect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.sink.SinkRecord;

/** One life of a task that reads partition 0 of a topic: from its start to the commit of all that it got. */
record TaskLife(TaskContext context, String topic) {

    /** Delivers the events, the first at the offset, and delivers them again if the task rewinds. */
    void run(Map<String, String> options, long offset, String... events) {
        run(options, records(offset, events));
    }

    /** Delivers the records, and again if the task rewinds. */
    void run(Map<String, String> options, List<SinkRecord> records) {
        var task = new LakehouseSinkTask();
        var partition = new TopicPartition(topic, 0);
        task.initialize(context);
        task.start(options);
        try {
            task.open(List.of(partition));
            context.rewinds.clear();
            task.put(records);
            if (!context.rewinds.isEmpty()) {
                task.put(records);
            }
            task.close(List.of(partition));
        } finally {
            task.stop();
        }
    }

    /** The events as records of partition 0, the first at the offset. */
    List<SinkRecord> records(long offset, String... events) {
        List<SinkRecord> records = new ArrayList<>();
        for (String event : events) {
            records.add(new SinkRecord(
                    topic,
                    0,
                    null,
                    null,
                    null,
                    event.getBytes(UTF_8),
                    offset + records.size(),
                    0L,
                    TimestampType.CREATE_TIME));
        }
        return records;
    }
}
