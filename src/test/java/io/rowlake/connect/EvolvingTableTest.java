package io.rowlake.connect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events whose columns change, from JSON to an Iceberg table. */
final class EvolvingTableTest {

    private static final TableIdentifier TABLE = TableIdentifier.of("lake", "images");
    private static final String HINT = " (choose a type that fits with schema.overrides, or change the table's column)";

    @TempDir
    private Path directory;

    private final Map<Integer, Life> lives = new TreeMap<>();

    /** A task with one partition of the topic, and what it got so far. */
    private record Life(LakehouseSinkTask task, TaskContext context, TopicPartition partition, List<String> events) {}

    @AfterEach
    void stops() {
        lives.values().forEach(life -> life.task().stop());
    }

    @Test
    void columnsComeGoAndComeBackWhileTheTaskRuns() {
        Life life = start(0, Map.of());

        put(life, event("'id':0,'a':1", "'a':{'_classname':'IntType'}"));
        put(life, event("'id':1,'a':2,'b':'x'", "'a':{'_classname':'IntType'},'b':{'_classname':'StringType'}"));
        put(life, event("'id':2,'b':'y'", "'b':{'_classname':'StringType'}"));
        put(life, event("'id':3,'b':'z','a':4", "'b':{'_classname':'StringType'},'a':{'_classname':'IntType'}"));
        finish(life);

        assertThat(life.context().reported).isEmpty();
        assertThat(rows()).containsExactly("0, 1, null", "1, 2, x", "2, null, y", "3, 4, z");
    }

    @Test
    void anEventOfAnotherTypeIsABadRecordBetweenGoodOnes() {
        Life life = start(0, Map.of());

        put(life, event("'id':0,'a':1", "'a':{'_classname':'IntType'}"));
        put(life, event("'id':1,'a':'x'", "'a':{'_classname':'StringType'}"));
        put(life, event("'id':2,'a':3", "'a':{'_classname':'IntType'}"));
        finish(life);

        assertThat(life.context().reported)
                .containsExactly("1: Cannot decode event at images-0@1: its schema does not fit: Cannot append to table"
                        + " 'lake.images': column 'a' is string in the source and long in the table" + HINT
                        + ". Source schema: id: long, a: string. Table schema: id: long, a: long");
        assertThat(rows()).containsExactly("0, 1", "2, 3");
    }

    @Test
    void anEventOfAnotherTypeStopsTheTaskWhereThatIsAskedFor() {
        Life life = start(0, Map.of("schema.conflicts", "fail"));
        put(life, event("'id':0,'a':1", "'a':{'_classname':'IntType'}"));

        assertThatThrownBy(() -> put(life, event("'id':1,'a':'x'", "'a':{'_classname':'StringType'}")))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("column 'a' is string in the source and long in the table" + HINT);
    }

    @Test
    void numbersAreWrittenInTheTypeOfTheTableWhereTheyAreExact() {
        create(
                NestedField.optional(1, "id", Types.LongType.get()),
                NestedField.optional(2, "d", Types.DoubleType.get()),
                NestedField.optional(3, "p", Types.DecimalType.of(6, 2)),
                NestedField.optional(4, "w", Types.LongType.get()));
        String columns = "'d':{'_classname':'IntType'},'p':{'_classname':'IntType'},'w':{'_classname':'FloatType'}";
        Life life = start(0, Map.of());

        put(life, event("'id':0,'d':1,'p':2,'w':3.0", columns));
        put(life, event("'id':1,'d':9007199254740993,'p':2,'w':3.0", columns));
        put(life, event("'id':2,'d':1,'p':20000,'w':3.0", columns));
        put(life, event("'id':3,'d':1,'p':2,'w':3.5", columns));
        put(life, event("'id':4,'d':4,'p':4,'w':4.0", columns));
        finish(life);

        // A record that is read again after another one turned out bad is reported again.
        assertThat(life.context().reported.stream().distinct())
                .hasSize(3)
                .allMatch(
                        line -> line.matches("[123]: Cannot decode event at images-0@[123]: column '[dpw]' must be.*"));
        assertThat(rows()).containsExactly("0, 1.0, 2.00, 3", "4, 4.0, 4.00, 4");
    }

    @Test
    void aNullWhereTheTableRequiresAValueIsABadRecord() {
        create(NestedField.required(1, "id", Types.LongType.get()), NestedField.required(2, "a", Types.LongType.get()));
        Life life = start(0, Map.of());

        put(life, event("'id':0,'a':1", "'a':{'_classname':'IntType'}"));
        put(life, event("'id':1,'a':null", "'a':{'_classname':'IntType'}"));
        put(life, event("'id':2,'a':3", "'a':{'_classname':'IntType'}"));
        finish(life);

        assertThat(life.context().reported)
                .containsExactly("1: Cannot decode event at images-0@1: column 'a' must have a value, since the table"
                        + " requires one, but was null (to take nulls, make it optional in the table)");
        assertThat(rows()).containsExactly("0, 1", "2, 3");
    }

    @Test
    void ofTwoTasksThatGiveAKeyDifferentTypesTheFirstToCommitWins() {
        Life first = start(0, Map.of());
        put(first, json("'id':0,'m':{'a':true}"));
        Life second = start(1, Map.of());
        put(second, json("'id':10,'m':{'a':true}"));
        Map<String, String> gathering = Map.of("flush.records", "1000", "flush.interval.ms", "500");
        restart(first, gathering);
        restart(second, gathering);
        put(lives(0), json("'id':1,'m':{'x':1}"));
        put(lives(1), json("'id':11,'m':{'x':'one'}"), json("'id':12,'m':{'a':false}"));

        finish(lives(0));
        await().until(() -> {
            lives(1).task().put(List.of());
            follow(lives(1));
            return rows().size() == 4;
        });

        assertThat(lives(0).context().reported).isEmpty();
        assertThat(lives(1).context().reported)
                .containsExactly("1: Cannot decode event at images-1@1: column 'm.x' must be a whole number, as before,"
                        + " but was 'one': pin its type with schema.overrides, or set json.mode=variant or string");
        assertThat(rows())
                .containsExactly(
                        "0, Record(true, null)",
                        "1, Record(null, 1)",
                        "10, Record(true, null)",
                        "12, Record(false, null)");
    }

    @Test
    void aKeyThatAnotherEngineGaveAnotherTypeIsLearnedAnewAfterTheFirstMisfit() {
        Life life = start(0, Map.of());
        put(life, json("'id':0,'m':{'a':true,'x':1}"));
        change(update -> update.deleteColumn("m.x"));
        change(update -> update.addColumn("m", "x", Types.StringType.get()));

        put(life, json("'id':1,'m':{'x':'one'}"));
        put(life, json("'id':2,'m':{'x':'two'}"));
        put(life, json("'id':3,'m':{'x':'three'}"));
        finish(life);

        assertThat(life.context().reported)
                .containsExactly("1: Cannot decode event at images-0@1: column 'm.x' must be a whole number, as before,"
                        + " but was 'one': pin its type with schema.overrides, or set json.mode=variant or string");
        assertThat(rows()).containsExactly("0, Record(true, null)", "2, Record(null, two)", "3, Record(null, three)");
    }

    @Test
    void aTableThatIsMendedMeanwhileTakesTheNextRows() {
        create(
                NestedField.optional(1, "id", Types.LongType.get()),
                NestedField.optional(2, "a", Types.BooleanType.get()));
        Life life = start(0, Map.of());
        change(update -> update.renameColumn("a", "old"));

        put(life, event("'id':0,'a':1", "'a':{'_classname':'IntType'}"));
        finish(life);

        assertThat(life.context().reported).isEmpty();
        assertThat(rows()).containsExactly("0, null, 1");
    }

    @Test
    void jsonForAColumnThatIsNoPlaceForItIsABadRecord() {
        create(
                NestedField.optional(1, "id", Types.LongType.get()),
                NestedField.optional(
                        2, "m", Types.MapType.ofOptional(3, 4, Types.StringType.get(), Types.LongType.get())));
        Life life = start(0, Map.of());

        put(life, json("'id':0,'m':{'x':1}"));
        put(life, json("'id':1,'m':null"));
        finish(life);

        assertThat(life.context().reported).hasSize(1);
        assertThat(life.context().reported.get(0))
                .startsWith(
                        "0: Cannot decode event at images-0@0: its schema does not fit: Cannot append to table"
                                + " 'lake.images': column 'm' is struct<x: long> in the source and map<string, long> in the table");
        assertThat(rows()).containsExactly("1, null");
    }

    private Life lives(int partition) {
        return Objects.requireNonNull(lives.get(partition));
    }

    private void restart(Life life, Map<String, String> options) {
        finish(life);
        life.task().stop();
        Life fresh = start(life.partition().partition(), options);
        fresh.events().addAll(life.events());
    }

    private Life start(int partition, Map<String, String> options) {
        var life = new Life(
                new LakehouseSinkTask(),
                new TaskContext().withReporter(),
                new TopicPartition("images", partition),
                new ArrayList<>());
        lives.put(partition, life);
        Map<String, String> properties = new TreeMap<>(Map.of(
                "name", "evolving",
                "topics", "images",
                "destination", "iceberg",
                "iceberg.table", "lake.images",
                "iceberg.if.exists", "append",
                "flush.records", "1",
                "retry.backoff.ms", "1",
                "errors.tolerance", "all"));
        catalogProperties().forEach((key, value) -> properties.put("iceberg.catalog." + key, value));
        properties.putAll(options);
        life.task().initialize(life.context());
        life.task().start(properties);
        life.context().assigned.add(life.partition());
        life.task().open(List.of(life.partition()));
        return life;
    }

    private void put(Life life, String... events) {
        int from = life.events().size();
        life.events().addAll(List.of(events));
        life.context().rewinds.clear();
        life.task().put(records(life, from));
        follow(life);
    }

    /** Gives the task what it asked for, as Kafka does. */
    private static void follow(Life life) {
        Long rewind = life.context().rewinds.remove(life.partition());
        if (rewind != null) {
            life.task().put(records(life, rewind.intValue()));
        }
    }

    private static void finish(Life life) {
        life.task().close(List.of(life.partition()));
    }

    private static List<SinkRecord> records(Life life, int from) {
        List<SinkRecord> records = new ArrayList<>();
        for (int offset = from; offset < life.events().size(); offset++) {
            records.add(new SinkRecord(
                    life.partition().topic(),
                    life.partition().partition(),
                    null,
                    null,
                    null,
                    life.events().get(offset).getBytes(UTF_8),
                    offset,
                    0L,
                    TimestampType.CREATE_TIME));
        }
        return records;
    }

    private static String json(String row) {
        return event(row, "'m':{'_classname':'JsonType'}");
    }

    private static String event(String row, String columns) {
        return "{'op':'c','after':{%s},'schema':{'columns':{'id':{'_classname':'IntType'},%s}}}"
                .formatted(row, columns)
                .replace('\'', '"');
    }

    private Map<String, String> catalogProperties() {
        return Map.of(
                "type",
                "jdbc",
                "uri",
                "jdbc:sqlite:" + directory.resolve("catalog.db"),
                "jdbc.schema-version",
                "V1",
                "warehouse",
                "file:" + directory.resolve("warehouse"));
    }

    private <T> T withCatalog(Function<JdbcCatalog, T> action) {
        try (var catalog = (JdbcCatalog)
                CatalogUtil.buildIcebergCatalog("rowlake", catalogProperties(), new Configuration(false))) {
            return action.apply(catalog);
        }
    }

    private void create(NestedField... columns) {
        withCatalog(catalog -> {
            catalog.createNamespace(Namespace.of("lake"));
            return catalog.createTable(TABLE, new Schema(columns));
        });
    }

    private void change(Consumer<UpdateSchema> change) {
        withCatalog(catalog -> {
            UpdateSchema update = catalog.loadTable(TABLE).updateSchema();
            change.accept(update);
            update.commit();
            return true;
        });
    }

    private List<String> rows() {
        return withCatalog(catalog -> {
            Table table = catalog.loadTable(TABLE);
            List<String> rows = new ArrayList<>();
            try (CloseableIterable<Record> records = IcebergGenerics.read(table).build()) {
                records.forEach(row -> rows.add(text(row)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return rows.stream().sorted().toList();
        });
    }

    private static String text(Record row) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            values.add(String.valueOf(row.get(i)));
        }
        return String.join(", ", values);
    }
}
