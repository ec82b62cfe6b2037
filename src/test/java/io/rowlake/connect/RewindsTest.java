package io.rowlake.connect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.rowlake.event.SourcePartition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which records stand before a rewind, and which after. */
final class RewindsTest {

    private static final TopicPartition FIRST = new TopicPartition("images", 0);
    private static final TopicPartition SECOND = new TopicPartition("images", 1);

    @TempDir
    private Path directory;

    @Test
    void recordsThatConnectHasAtHandWhenAPartitionIsGivenUpStandBeforeTheRewind() throws IOException {
        var lake = new LocalLake(directory);
        var context = new TaskContext();
        LakehouseSinkTask task = started(context, lake, FIRST, SECOND);
        task.put(List.of(record(FIRST, 0), record(SECOND, 0), record(SECOND, 1)));
        LakehouseSinkTask other = started(new TaskContext(), lake, SECOND);
        other.put(List.of(record(SECOND, 0)));
        other.close(List.of(SECOND));
        other.stop();

        task.close(List.of(FIRST));
        assertThat(context.rewinds).isEmpty();
        task.put(List.of(record(SECOND, 2)));
        assertThat(context.rewinds).isEqualTo(Map.of(SECOND, 1L));
        task.put(List.of(record(SECOND, 1), record(SECOND, 2)));
        task.close(List.of(SECOND));
        task.stop();

        assertThat(lake.ids("images")).containsExactlyInAnyOrder(100L, 101L, 102L);
    }

    @Test
    void theLowestOfTheOffsetsThatAreAskedForIsRewoundTo() {
        var context = new TaskContext();
        var consumer = new ConsumerControl(context);

        consumer.rewind(new SourcePartition("images", 0), 8);
        consumer.rewind(new SourcePartition("images", 0), 5);
        consumer.rewind(new SourcePartition("images", 0), 7);
        consumer.apply();

        assertThat(context.rewinds).isEqualTo(Map.of(FIRST, 5L));
    }

    private static LakehouseSinkTask started(TaskContext context, LocalLake lake, TopicPartition... partitions) {
        var task = new LakehouseSinkTask();
        task.initialize(context);
        task.start(lake.options(Map.of()));
        task.open(List.of(partitions));
        return task;
    }

    /** Its id is its offset, and tells the partition. */
    private static SinkRecord record(TopicPartition partition, long offset) {
        long id = 100L * partition.partition() + offset;
        return new SinkRecord(
                partition.topic(),
                partition.partition(),
                null,
                null,
                null,
                ("{\"id\":" + id + "}").getBytes(UTF_8),
                offset,
                0L,
                TimestampType.CREATE_TIME);
    }
}
