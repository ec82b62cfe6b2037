package io.rowlake.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The offsets belong to the table, whichever connector wrote them. */
final class LedgerOwnersTest {

    private static final TopicPartition IMAGES = new TopicPartition("images", 0);

    @TempDir
    private Path directory;

    @Test
    void aConnectorThatIsRenamedGoesOnWhereTheTableStands() throws IOException {
        write(Map.of(), 3, 0);

        assertThatThrownBy(() -> write(Map.of("name", "renamed"), 5, 0))
                .isInstanceOf(ConnectException.class)
                .hasMessage(
                        "Cannot write to table 'lake.images': it exists already and was made by connector 'lake': set"
                                + " iceberg.if.exists=append to add to it, replace to put new rows in its place, or choose another"
                                + " table");
        write(Map.of("name", "renamed", "iceberg.if.exists", "append"), 5, 0);

        assertThat(ids()).containsExactlyInAnyOrder(0L, 1L, 2L, 3L, 4L);
    }

    @Test
    void aTableThatIsMadeAnewWhileTheConnectorIsStoppedGoesOnWhereKafkasOffsetStands() throws IOException {
        write(Map.of(), 3, 0);
        drop();

        write(Map.of(), 5, 3);

        assertThat(ids()).containsExactlyInAnyOrder(3L, 4L);
    }

    @Test
    void aTableThatIsMadeAnewIsFilledFromTheBeginningAfterAReset() throws IOException {
        write(Map.of(), 3, 0);
        drop();
        Map<TopicPartition, Long> reset = new HashMap<>();
        reset.put(IMAGES, null);

        assertThat(new LakehouseSinkConnector().alterOffsets(options(Map.of()), reset))
                .isTrue();
        write(Map.of(), 5, 0);

        assertThat(ids()).containsExactlyInAnyOrder(0L, 1L, 2L, 3L, 4L);
    }

    @Test
    void twoConnectorsWithOneTopicTakeTheWorkOutOfEachOthersHandsAndDoubleNothing() throws IOException {
        Map<String, String> second = options(Map.of("name", "second", "iceberg.if.exists", "append"));
        try (var first = new FedTask(options(Map.of()), Map.of(IMAGES, values(200)), Map.of());
                var other = new FedTask(second, Map.of(IMAGES, values(200)), Map.of())) {
            await().until(() -> {
                first.deliver();
                other.deliver();
                return first.committed().getOrDefault(IMAGES, 0L) == 200
                        && other.committed().getOrDefault(IMAGES, 0L) == 200;
            });

            assertThat(ids()).hasSize(200).doesNotHaveDuplicates();
            assertThat(first.context.metric("overtaken-commits") + other.context.metric("overtaken-commits"))
                    .isPositive();
        }
    }

    private void write(Map<String, String> more, int end, long kafkas) {
        try (var task = new FedTask(options(more), Map.of(IMAGES, values(end)), Map.of(IMAGES, kafkas))) {
            await().until(() -> {
                task.deliver();
                return task.committed().getOrDefault(IMAGES, -1L) == end;
            });
        }
    }

    private void drop() {
        try (var catalog = lake().catalog()) {
            catalog.dropTable(TableIdentifier.of("lake", "images"), false);
        }
    }

    private Map<String, String> options(Map<String, String> more) {
        Map<String, String> options = lake().options(Map.of("flush.interval.ms", "1"));
        options.putAll(more);
        return options;
    }

    private static List<String> values(int end) {
        return IntStream.range(0, end).mapToObj(id -> "{\"id\":" + id + "}").toList();
    }

    private List<Object> ids() throws IOException {
        return lake().ids("images");
    }

    private LocalLake lake() {
        return new LocalLake(directory);
    }
}
