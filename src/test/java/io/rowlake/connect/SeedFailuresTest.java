package io.rowlake.connect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/seed-failures.md against the task: where a row quotes a message, it is ours; where it says Works, it does. */
final class SeedFailuresTest {

    /** Rows that other tests hold, or that name behaviour without a message of the task. */
    private static final Set<String> NOT_RUN_HERE = Set.of("I7", "I13", "I14", "J9", "K1", "K2", "K3");

    private static final Path PAGE = Path.of("docs", "seed-failures.md");
    private static final Pattern ROW =
            Pattern.compile("^\\| ([A-Z]\\d+[a-z]?) \\|.*?\\| (`[^`]+`|Works)[^|]*\\|[^|]*\\|$");
    private static final TopicPartition IMAGES = new TopicPartition("images", 0);
    private static final String WORKS = "Works";

    @TempDir
    private Path directory;

    private final TaskContext context = new TaskContext().withReporter();
    private final LakehouseSinkTask task = new LakehouseSinkTask();

    /** Options beside those that every case has, and events. */
    private record Case(Map<String, String> options, List<String> events) {

        Case(Map<String, String> options, String... events) {
            this(options, List.of(events));
        }
    }

    @AfterEach
    void stops() {
        task.stop();
    }

    static Stream<String> runnable() {
        return cases().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("runnable")
    void thePageSaysWhatTheTaskSays(String id) {
        Case run = Objects.requireNonNull(cases().get(id));

        String outcome = outcome(run);

        assertThat(outcome).isEqualTo(page().get(id));
    }

    @Test
    void everyRowOfThePageIsRunOrListed() {
        Set<String> known = new HashSet<>(NOT_RUN_HERE);
        known.addAll(cases().keySet());

        assertThat(page().keySet()).isEqualTo(known);
    }

    private static Map<String, Case> cases() {
        Map<String, Case> cases = new TreeMap<>(schemas());
        cases.putAll(values());
        return cases;
    }

    private static Map<String, Case> schemas() {
        Map<String, Case> cases = new TreeMap<>();
        cases.put("I2", iceberg(event("'e':[1.5,2,3,4]", "'e':" + array("[4]", "'float32'"))));
        cases.put("I2a", iceberg(event("'e':[1.5,2,3]", "'e':" + array("[4]", "'float32'"))));
        cases.put(
                "I2b",
                new Case(
                        Map.of("destination", "iceberg", "arrays.fixed", "reject"),
                        event("'e':[1.5,2,3,4]", "'e':" + array("[4]", "'float32'"))));
        cases.put("I11", iceberg(event("'e':[[1],[2,3]]", "'e':" + array("null", "null"))));
        cases.put("I11a", iceberg(event("'c':1", "'c':{'_classname':'InvalidType'}")));
        cases.put("I10", new Case(Map.of("destination", "iceberg", "iceberg.if.exists", "badval")));
        String strings = "'i':{'_classname':'IntType'},'s':{'_classname':'StringType'}";
        cases.put("I21", overridden("s:long", event("'i':1,'s':'hello'", strings)));
        cases.put("I22", overridden("does_not_exist:int", event("'i':1,'s':'hello'", strings)));
        cases.put("I12", new Case(Map.of("destination", "iceberg", "iceberg.table", "tbl")));
        cases.put("I12a", new Case(Map.of("destination", "iceberg", "iceberg.table", ".tbl")));
        cases.put("I12b", new Case(Map.of("destination", "iceberg", "iceberg.table", "ns.")));
        cases.put(
                "I15",
                iceberg(
                        event("'i':1,'s':'a'", "'i':{'_classname':'IntType'},'s':{'_classname':'StringType'}"),
                        event("'i':2", "'i':{'_classname':'IntType'}"),
                        event(
                                "'s':'b','x':true,'i':3",
                                "'s':{'_classname':'StringType'},"
                                        + "'x':{'_classname':'BoolType'},'i':{'_classname':'IntType'}")));
        cases.put(
                "I15a",
                iceberg(
                        event("'i':1", "'i':{'_classname':'IntType'}"),
                        event("'i':'a'", "'i':{'_classname':'StringType'}")));
        return cases;
    }

    private static Map<String, Case> values() {
        Map<String, Case> cases = new TreeMap<>();
        cases.put(
                "T1",
                iceberg(event(
                        "'a':[4294967295],'b':[18446744073709551615],'c':['a']",
                        "'a':" + array("[null]", "'uint32'") + ",'b':" + array("[null]", "'uint64'") + ",'c':"
                                + array("[null]", "'str'"))));
        cases.put("T2", iceberg(event("'i':9223372036854775808", "'i':{'_classname':'IntType'}")));
        cases.put("C7", files("csv", event("'j':{'a':NaN}", "'j':{'_classname':'JsonType'}")));
        cases.put("J2", files("jsonl", event("'j':{'a':NaN}", "'j':{'_classname':'JsonType'}")));
        cases.put(
                "C9",
                new Case(
                        Map.of("destination", "csv", "csv.quoting", "none"),
                        event("'s':'a,b'", "'s':{'_classname':'StringType'}")));
        cases.put("J11", files("jsonl", event("'f':NaN", "'f':{'_classname':'FloatType'}")));
        cases.put("I24", iceberg(event("'m':7", "'m':{'_classname':'ImageType'}")));
        String json = "'i':{'_classname':'IntType'},'j':{'_classname':'JsonType'}";
        cases.put("I16", iceberg(event("'i':1,'j':{'a':1}", json), event("'i':2,'j':[1,2,3]", json)));
        cases.put("I17", iceberg(event("'i':1,'j':[1,'a',2]", json)));
        cases.put("I18", iceberg(event("'i':1,'j':{'a':null}", json), event("'i':2,'j':{'a':null}", json)));
        cases.put("I25", iceberg(event("'a':1,'A':2", "'a':{'_classname':'IntType'},'A':{'_classname':'IntType'}")));
        return cases;
    }

    private static Case iceberg(String... events) {
        return new Case(Map.of("destination", "iceberg"), events);
    }

    private static Case overridden(String overrides, String event) {
        return new Case(Map.of("destination", "iceberg", "schema.overrides", overrides), event);
    }

    private static Case files(String format, String... events) {
        return new Case(Map.of("destination", format), events);
    }

    private static String event(String row, String columns) {
        return "{'op':'c','after':{%s},'schema':{'version':1,'columns':{%s}}}"
                .formatted(row, columns)
                .replace('\'', '"');
    }

    private static String array(String shape, String dtype) {
        return "{'_classname':'ArrayType','nullable':true,'shape':" + shape + ",'numpy_dtype':" + dtype + "}";
    }

    /** What the task says first, or that it has written all rows. */
    private String outcome(Case run) {
        try {
            task.initialize(context);
            task.start(options(run));
            task.open(List.of(IMAGES));
            put(run.events());
            if (!context.rewinds.isEmpty()) {
                // A row turned out bad when its batch was complete: the records come again, and it is rejected.
                put(run.events());
            }
            task.close(List.of(IMAGES));
        } catch (ConfigException | ConnectException e) {
            return String.valueOf(e.getMessage());
        }
        if (!context.reported.isEmpty()) {
            return context.reported.get(0).replaceFirst("^\\d+: ", "");
        }
        return context.metric("rows-committed") == run.events().size() ? WORKS : "Not all rows are committed";
    }

    private void put(List<String> events) {
        List<SinkRecord> records = new ArrayList<>();
        for (String event : events) {
            records.add(new SinkRecord(
                    "images",
                    0,
                    null,
                    null,
                    null,
                    event.getBytes(UTF_8),
                    records.size(),
                    0L,
                    TimestampType.CREATE_TIME));
        }
        task.put(records);
    }

    private Map<String, String> options(Case run) {
        Map<String, String> options = new TreeMap<>(
                Map.of("name", "seed", "topics", "images", "errors.tolerance", "all", "flush.records", "1"));
        if ("iceberg".equals(run.options().get("destination"))) {
            options.put("iceberg.table", "lake.images");
            options.put("iceberg.catalog.type", "jdbc");
            options.put("iceberg.catalog.uri", "jdbc:sqlite:" + directory.resolve("catalog.db"));
            options.put("iceberg.catalog.jdbc.schema-version", "V1");
            options.put("iceberg.catalog.warehouse", "file:" + directory.resolve("warehouse"));
        } else {
            options.put("files.directory", directory.toString());
        }
        options.putAll(run.options());
        return options;
    }

    /** By case what its row says: our message, or that it works. */
    private static Map<String, String> page() {
        Map<String, String> page = new LinkedHashMap<>();
        try {
            for (String line : Files.readAllLines(PAGE)) {
                Matcher row = ROW.matcher(line);
                if (row.matches()) {
                    page.put(row.group(1), row.group(2).replace("`", ""));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return page;
    }
}
