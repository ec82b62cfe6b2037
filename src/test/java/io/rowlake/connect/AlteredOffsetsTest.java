package io.rowlake.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowlake.sink.iceberg.IcebergLedger;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.iceberg.expressions.Expressions;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Connect's REST API for offsets comes to. */
final class AlteredOffsetsTest {

    private static final TopicPartition IMAGES = new TopicPartition("images", 0);
    private static final TopicPartition OTHER = new TopicPartition("other", 0);
    private static final String HAS =
            "'lake.images' has it up to offset 3, and the connector goes on where its destination"
                    + " stands. Rows that it has would be written twice. To read them again, roll the table back to a snapshot"
                    + " before them: the offsets go back with it. To go back without that, after removing the rows or with a topic"
                    + " that was created anew, set offsets.reset=allow in the connector's configuration first";

    @TempDir
    private Path directory;

    private final LakehouseSinkConnector connector = new LakehouseSinkConnector();

    @Test
    void offsetsOfATopicThatTheTableDoesNotKnowAreKafkasOwn() throws IOException {
        assertThat(alter(Map.of(), 2L)).isTrue();

        assertThat(connector.alterOffsets(iceberg(Map.of()), new HashMap<>())).isTrue();
        write(iceberg(Map.of()), 5, 2);
        assertThat(ids()).containsExactlyInAnyOrder(2L, 3L, 4L);
    }

    @Test
    void theOffsetThatTheTableHasIsAccepted() throws IOException {
        write(iceberg(Map.of()), 3, 0);

        assertThat(alter(Map.of(), 3L)).isTrue();

        assertThat(ledger()).isEqualTo("{images-0=3}");
    }

    @Test
    void offsetsAheadAreTakenOverAndTheRecordsBeforeThemLeftOut() throws IOException {
        write(iceberg(Map.of()), 3, 0);

        assertThat(alter(Map.of(), 5L)).isTrue();

        assertThat(ledger()).isEqualTo("{images-0=5}");
        write(iceberg(Map.of()), 7, 0);
        assertThat(ids()).containsExactlyInAnyOrder(0L, 1L, 2L, 5L, 6L);
    }

    @Test
    void offsetsBehindAreRefused() throws IOException {
        write(iceberg(Map.of()), 3, 0);

        assertThatThrownBy(() -> alter(Map.of(), 1L))
                .isInstanceOf(ConnectException.class)
                .hasMessage("Cannot set the offset of images-0 to 1: " + HAS);
        assertThat(ledger()).isEqualTo("{images-0=3}");
    }

    @Test
    void aResetIsRefused() throws IOException {
        write(iceberg(Map.of()), 3, 0);

        assertThatThrownBy(() -> alter(Map.of(), null))
                .isInstanceOf(ConnectException.class)
                .hasMessage("Cannot reset the offset of images-0: " + HAS);
    }

    @Test
    void offsetsBehindAreTakenOverWhereThatIsAllowed() throws IOException {
        write(iceberg(Map.of()), 3, 0);
        removeRows();

        assertThat(alter(Map.of("offsets.reset", "allow"), 1L)).isTrue();

        write(iceberg(Map.of()), 3, 0);
        assertThat(ids()).containsExactlyInAnyOrder(1L, 2L);
        assertThat(ledger()).isEqualTo("{images-0=3}");
    }

    @Test
    void aTopicThatIsForgottenIsReadFromKafkasOwnOffset() throws IOException {
        write(iceberg(Map.of()), 3, 0);

        assertThat(alter(Map.of("offsets.reset", "allow"), null)).isTrue();

        assertThat(ledger()).isEqualTo("{}");
        write(iceberg(Map.of()), 3, 2);
        assertThat(ids()).containsExactlyInAnyOrder(0L, 1L, 2L, 2L);
        assertThat(ledger()).isEqualTo("{images-0=3}");
    }

    @Test
    void nothingIsChangedIfOneOffsetIsRefused() throws IOException {
        write(iceberg(Map.of()), 3, 0);
        write(iceberg(Map.of("iceberg.table", "lake.labels")), 3, 0);
        Map<String, String> both = iceberg(Map.of("topic.other.iceberg.table", "lake.labels"));
        write(OTHER, both, 3, 0);

        assertThatThrownBy(() -> connector.alterOffsets(both, Map.of(IMAGES, 5L, OTHER, 1L)))
                .isInstanceOf(ConnectException.class)
                .hasMessageStartingWith("Cannot set the offset of other-0 to 1: 'lake.labels' has it up to offset 3");
        assertThat(ledger()).isEqualTo("{images-0=3}");
    }

    @Test
    void filesCanNotBeToldOtherwise() {
        write(files(), 3, 0);

        assertThatThrownBy(() -> connector.alterOffsets(files(), Map.of(IMAGES, 9L)))
                .isInstanceOf(ConnectException.class)
                .hasMessage(
                        "Cannot set the offset of images-0 to 9: 'images' has it up to offset 3, and the connector goes"
                                + " on where its destination stands. Files can't be told otherwise: choose another"
                                + " files.directory");
        assertThat(connector.alterOffsets(files(), Map.of(IMAGES, 3L))).isTrue();
    }

    @Test
    void aTableThatIsBeingReplacedCanNotBeToldOtherwise() throws IOException {
        write(iceberg(Map.of()), 3, 0);
        Map<String, String> replacing =
                Map.of("iceberg.if.exists", "replace", "kafka.bootstrap.servers", "localhost:9092");

        assertThatThrownBy(() -> alter(replacing, 9L))
                .isInstanceOf(ConnectException.class)
                .hasMessage("Cannot set the offset of images-0 to 9: 'lake.images' has it up to offset 3, and the"
                        + " connector goes on where its destination stands. With iceberg.if.exists=replace it can't be"
                        + " changed");
    }

    @Test
    void withTransformationsItIsNotCertainWhichTableATopicGoesTo() {
        assertThat(alter(Map.of("transforms", "rename"), 2L)).isFalse();
    }

    private boolean alter(Map<String, String> more, @Nullable Long offset) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        offsets.put(IMAGES, offset);
        return connector.alterOffsets(iceberg(more), offsets);
    }

    /** A task reads records, whose ids are their offsets, from an offset that Kafka has to the end. */
    private static void write(Map<String, String> options, int end, long kafkas) {
        write(IMAGES, options, end, kafkas);
    }

    private static void write(TopicPartition partition, Map<String, String> options, int end, long kafkas) {
        List<String> values = new ArrayList<>(IntStream.range(0, end)
                .mapToObj(offset -> "{\"id\":" + offset + "}")
                .toList());
        try (var task = new FedTask(options, Map.of(partition, values), Map.of(partition, kafkas))) {
            Awaitility.await().until(() -> {
                task.deliver();
                return task.committed().getOrDefault(partition, -1L) == end;
            });
        }
    }

    private void removeRows() throws IOException {
        try (var catalog = lake().catalog()) {
            LocalLake.table(catalog, "images")
                    .newDelete()
                    .deleteFromRowFilter(Expressions.alwaysTrue())
                    .commit();
        }
    }

    private String ledger() throws IOException {
        try (var catalog = lake().catalog()) {
            return IcebergLedger.read(LocalLake.table(catalog, "images"), Optional.empty())
                    .toString();
        }
    }

    private List<Object> ids() throws IOException {
        return lake().ids("images");
    }

    private Map<String, String> iceberg(Map<String, String> more) {
        Map<String, String> options = lake().options(Map.of("flush.interval.ms", "1"));
        options.putAll(more);
        return options;
    }

    private LocalLake lake() {
        return new LocalLake(directory);
    }

    private Map<String, String> files() {
        return Map.of(
                "name", "files",
                "topics", "images",
                "destination", "jsonl",
                "files.directory", directory.resolve("files").toString(),
                "files.roll.interval.ms", "1",
                "flush.interval.ms", "1");
    }
}
