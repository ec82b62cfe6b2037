package io.rowlake.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.types.Types;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table that breaks keeps its records in Kafka, and the other table of the task goes on. */
final class BrokenTableTest {

    private static final TopicPartition IMAGES = new TopicPartition("images", 0);
    private static final TopicPartition LABELS = new TopicPartition("labels", 0);
    private static final TableIdentifier TABLE = TableIdentifier.of("lake", "images");

    @TempDir
    private Path directory;

    private final Map<TopicPartition, List<String>> topics = new HashMap<>();
    private JdbcCatalog catalog;
    private FedTask task;

    @BeforeEach
    void bothTablesHaveARow() {
        topics.put(IMAGES, new ArrayList<>(List.of("{\"id\":0}")));
        topics.put(LABELS, new ArrayList<>(List.of("{\"id\":0}")));
        catalog = lake().catalog();
        task = new FedTask(options(), topics, Map.of());
        awaitRows("images", 0L);
        awaitRows("labels", 0L);
    }

    @AfterEach
    void stop() {
        task.close();
        catalog.close();
    }

    @Test
    void aDroppedTableIsParkedUntilItIsBack() {
        String metadata =
                ((BaseTable) catalog.loadTable(TABLE)).operations().current().metadataFileLocation();

        catalog.dropTable(TABLE, false);
        awaitOnlyImagesParked();
        catalog.registerTable(TABLE, metadata);

        awaitBothComplete();
    }

    @Test
    void aTableThatAnotherOneStandsForIsParkedUntilTheTaskIsRestarted() {
        catalog.dropTable(TABLE, false);
        catalog.createTable(TABLE, new Schema(Types.NestedField.optional(1, "id", Types.LongType.get())));
        awaitOnlyImagesParked();
        Map<TopicPartition, Long> kafkas = task.committed();

        task.close();
        task = new FedTask(options(), topics, kafkas);

        assertThat(kafkas).isEqualTo(Map.of(IMAGES, 1L, LABELS, 2L));
        awaitRows("images", 1L);
        awaitRows("labels", 0L, 1L);
    }

    @Test
    void aTableThatIsDeniedIsParkedUntilItIsAllowed() throws IOException {
        Files.writeString(denied(), TABLE.toString());
        awaitOnlyImagesParked();
        Files.delete(denied());

        awaitBothComplete();
    }

    @Test
    void aTableThatIsDeniedFromTheStartIsParkedUntilItIsAllowed() throws IOException {
        task.close();
        Files.writeString(denied(), TABLE.toString());
        task = new FedTask(options(), topics, Map.of());
        awaitOnlyImagesParked();
        Files.delete(denied());

        awaitBothComplete();
    }

    @Test
    void aTableWhoseColumnsDoNotFitIsParkedUntilTheyDo() {
        Table table = catalog.loadTable(TABLE);
        table.updateSchema().renameColumn("id", "old").commit();
        table.updateSchema().addColumn("id", Types.BooleanType.get()).commit();
        awaitOnlyImagesParked();
        table.updateSchema().deleteColumn("id").commit();
        table.updateSchema().renameColumn("old", "id").commit();

        awaitBothComplete();
    }

    /** With a second row in both topics. */
    private void awaitOnlyImagesParked() {
        topics.values().forEach(values -> values.add("{\"id\":1}"));
        awaitWhileFed(() -> {
            assertThat(task.context.metric("parked-tables")).isEqualTo(1);
            assertThat(task.context.paused).isEqualTo(Set.of(IMAGES));
        });
        awaitRows("labels", 0L, 1L);
        awaitWhileFed(
                () -> assertThat(task.committed()).containsEntry(LABELS, 2L).doesNotContainEntry(IMAGES, 2L));
    }

    private void awaitBothComplete() {
        awaitRows("images", 0L, 1L);
        awaitRows("labels", 0L, 1L);
        assertThat(task.context.metric("parked-tables")).isZero();
        assertThat(task.context.paused).isEmpty();
    }

    private void awaitRows(String table, Long... ids) {
        awaitWhileFed(() -> assertThat(lake().ids(table)).containsExactlyInAnyOrder((Object[]) ids));
    }

    private void awaitWhileFed(ThrowingRunnable condition) {
        await().ignoreExceptionsInstanceOf(NoSuchTableException.class).untilAsserted(() -> {
            task.deliver();
            condition.run();
        });
    }

    private Map<String, String> options() {
        return lake().options(Map.of(
                "topics", "images,labels",
                "iceberg.if.exists", "append",
                "schema.conflicts", "fail",
                "flush.interval.ms", "1",
                "retry.backoff.ms", "1",
                "table.retry.interval.ms", "300",
                "iceberg.catalog.catalog-impl", GuardedCatalog.class.getName(),
                "iceberg.catalog.denied", denied().toString()));
    }

    private LocalLake lake() {
        return new LocalLake(directory);
    }

    private Path denied() {
        return directory.resolve("denied");
    }
}
