package io.rowlake.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Type.BOOLEAN;
import static org.apache.kafka.common.config.ConfigDef.Type.INT;
import static org.apache.kafka.common.config.ConfigDef.Type.LONG;
import static org.apache.kafka.common.config.ConfigDef.Type.STRING;

import io.rowlake.decode.DecodeSettings.EventFormat;
import io.rowlake.decode.DecodeSettings.FixedArrays;
import io.rowlake.pipeline.BrokenTables;
import io.rowlake.pipeline.PipelineParts.SchemaConflicts;
import io.rowlake.shape.ShapeSettings.FloatWidth;
import io.rowlake.shape.ShapeSettings.JsonMode;
import io.rowlake.sink.ExistingTarget;
import io.rowlake.sink.file.BinaryEncoding;
import io.rowlake.sink.file.Compression;
import io.rowlake.sink.file.CsvSettings.BooleanStyle;
import io.rowlake.sink.file.CsvSettings.Quoting;
import io.rowlake.sink.file.JsonSettings.NonFinite;
import org.apache.kafka.common.config.ConfigDef;

/** Every option of the connector: its name, type, default, rule and description. */
public final class SinkOptions {

    public static final String DESTINATION = "destination";

    public static final String BATCH_SIZE_BYTES = "batch.size.bytes";
    public static final String FLUSH_INTERVAL_MS = "flush.interval.ms";
    public static final String FLUSH_RECORDS = "flush.records";
    public static final String RETRY_BACKOFF_MS = "retry.backoff.ms";
    public static final String DELIVERY_TIMEOUT_MS = "delivery.timeout.ms";
    public static final String TABLE_FAILURE = "table.failure";
    public static final String TABLE_RETRY_INTERVAL_MS = "table.retry.interval.ms";
    public static final String OFFSETS_RESET = "offsets.reset";
    public static final String CLOSE_TIMEOUT_MS = "close.timeout.ms";
    public static final String COMMIT_THREADS = "commit.threads";

    public static final String EVENT_FORMAT = "event.format";
    public static final String TYPES_FLOAT = "types.float";
    public static final String ARRAYS_FIXED = "arrays.fixed";
    public static final String SCHEMA_CONFLICTS = "schema.conflicts";
    public static final String QUERY = "query";
    public static final String SCHEMA_OVERRIDES = "schema.overrides";
    public static final String JSON_MODE = "json.mode";
    public static final String MEDIA_REFERENCE = "media.reference";
    public static final String MEDIA_REWRITE = "media.rewrite";

    public static final String ICEBERG_TABLE = "iceberg.table";
    public static final String ICEBERG_IF_EXISTS = "iceberg.if.exists";
    public static final String ICEBERG_PARTITION_BY = "iceberg.partition.by";
    public static final String ICEBERG_BRANCH = "iceberg.branch";
    public static final String ICEBERG_FORMAT_VERSION = "iceberg.format.version";

    public static final String FILES_DIRECTORY = "files.directory";
    public static final String FILES_IF_EXISTS = "files.if.exists";
    public static final String FILES_ROLL_SIZE_BYTES = "files.roll.size.bytes";
    public static final String FILES_ROLL_INTERVAL_MS = "files.roll.interval.ms";
    public static final String FILES_ROLL_RECORDS = "files.roll.records";
    public static final String FILES_COMPRESSION = "files.compression";

    public static final String CSV_DELIMITER = "csv.delimiter";
    public static final String CSV_QUOTING = "csv.quoting";
    public static final String CSV_HEADER = "csv.header";
    public static final String CSV_NULL = "csv.null";
    public static final String CSV_BOOLEAN_STYLE = "csv.boolean.style";
    public static final String JSON_NONFINITE = "json.nonfinite";
    public static final String BINARY_ENCODING = "binary.encoding";

    /** Handed to Iceberg without the prefix. */
    public static final String ICEBERG_CATALOG_PREFIX = "iceberg.catalog.";

    /** {@code topic.<topic>.<option>} sets an option for one topic. */
    public static final String TOPIC_PREFIX = "topic.";

    /** Of a topic only: the schema of events that carry none. */
    public static final String SCHEMA = "schema";

    /** Handed to the Kafka consumer without the prefix, which looks where topics end. */
    public static final String KAFKA_PREFIX = "kafka.";

    /** Where the topics ended when the connector was started, as {@link ReplaceUntil} writes it. No option of a user's. */
    public static final String REPLACE_UNTIL = "rowlake.replace.until";

    /** The task's number, which the connector gives each of its tasks. No option of a user's. */
    public static final String TASK_NUMBER = "rowlake.task";

    private static final long BATCH_BYTES_MIN = 1024;
    private static final long BATCH_BYTES_DEFAULT = 128L << 20;
    private static final long BATCH_BYTES_MAX = 1L << 30;

    private SinkOptions() {}

    /** A new definition of all options but the free ones: those of the catalog, and those of single topics. */
    public static ConfigDef definition() {
        ConfigDef definition = new ConfigDef();
        destination(new OptionGroup(definition, "Destination"));
        var batching = new OptionGroup(definition, "Batching");
        batching(batching);
        failures(batching);
        offsets(batching);
        events(new OptionGroup(definition, "Events"));
        var columns = new OptionGroup(definition, "Columns");
        columns(columns);
        types(columns);
        iceberg(new OptionGroup(definition, "Iceberg"));
        files(new OptionGroup(definition, "Files"));
        texts(new OptionGroup(definition, "File formats"));
        return definition;
    }

    private static void destination(OptionGroup group) {
        group.required(
                DESTINATION,
                STRING,
                Choices.of(Destination.class),
                "What the rows become: a table of an Iceberg catalog, or JSON Lines or CSV files in a directory.");
    }

    private static void batching(OptionGroup group) {
        group.option(BATCH_SIZE_BYTES, LONG, BATCH_BYTES_DEFAULT)
                .rule(Bounds.between(BATCH_BYTES_MIN, BATCH_BYTES_MAX))
                .importance(HIGH)
                .doc("How many bytes of memory outside the heap one batch of a table may take. A batch is written out"
                        + " before the row that would pass the bound; a row larger than the bound makes a batch of its"
                        + " own.");
        group.option(FLUSH_INTERVAL_MS, LONG, 60_000L)
                .rule(Bounds.atLeast(1))
                .importance(HIGH)
                .doc("How old a change may become before it is committed. For files: before it is written to the open"
                        + " file; files.roll.interval.ms says when that is published.");
        group.option(FLUSH_RECORDS, LONG, Long.MAX_VALUE)
                .rule(Bounds.atLeast(1))
                .importance(MEDIUM)
                .doc("Commit as soon as so many rows have come since the last commit, checked after each delivery of"
                        + " the consumer.");
        group.option(CLOSE_TIMEOUT_MS, LONG, 3_000L)
                .rule(Bounds.atLeast(1))
                .importance(LOW)
                .doc(
                        "How long a task that stops, or gives partitions up in a rebalance, waits for the commit of what it"
                                + " has taken of them. What is not committed by then is read again from Kafka. Keep it below the"
                                + " worker's task.shutdown.graceful.timeout.ms.");
        group.option(COMMIT_THREADS, INT, 8)
                .rule(Bounds.between(1, 256))
                .importance(LOW)
                .doc(
                        "How many tables a task commits at a time. A commit mostly waits for the catalog and the storage.");
    }

    private static void failures(OptionGroup group) {
        group.option(RETRY_BACKOFF_MS, LONG, 3_000L)
                .rule(Bounds.atLeast(1))
                .importance(LOW)
                .doc("How long a destination that is out of reach is left alone before the next try. Meanwhile its"
                        + " partitions are paused.");
        group.option(DELIVERY_TIMEOUT_MS, LONG, 600_000L)
                .rule(Bounds.atLeast(1))
                .importance(MEDIUM)
                .doc(
                        "How long a destination may be out of reach before it is taken for broken: see table.failure. Nothing"
                                + " is lost then: the changes are still in Kafka.");
        group.option(TABLE_FAILURE, STRING, "park")
                .rule(Choices.of(BrokenTables.Action.class))
                .importance(MEDIUM)
                .doc("What becomes of a table that refuses its rows, because it was dropped, access is denied, or its"
                        + " columns don't fit: park pauses its partitions, while the other tables of the task go on, and"
                        + " fails the task only when all its tables are parked; fail stops the task.");
        group.option(TABLE_RETRY_INTERVAL_MS, LONG, 60_000L)
                .rule(Bounds.atLeast(1))
                .importance(LOW)
                .doc("How long a parked table is left alone before the next try. Each try that fails is an error in the"
                        + " log.");
    }

    private static void offsets(OptionGroup group) {
        group.option(OFFSETS_RESET, STRING, "refuse")
                .rule(Choices.of(OffsetsReset.class))
                .importance(LOW)
                .visibleFor(Destination.ICEBERG)
                .doc("What becomes of a request to Connect's REST API that sets the connector's offsets back, or resets"
                        + " them, behind what the table has: refuse it, or allow it. Rows that are in the table come"
                        + " again then, so remove them first.");
    }

    private static void events(OptionGroup group) {
        group.option(EVENT_FORMAT, STRING, "auto")
                .rule(Choices.of(EventFormat.class))
                .importance(MEDIUM)
                .doc("The shape of the values: Pixeltable's envelope, Debezium's, or the row itself. auto decides for"
                        + " each record; pin it where rows have columns named op, before or after.");
    }

    private static void columns(OptionGroup group) {
        group.option(QUERY, STRING, "")
                .rule(ParsedRule.QUERY)
                .importance(HIGH)
                .doc("Which columns and rows are taken, as in SELECT label, video.fileurl AS video_url, width / height"
                        + " AS aspect_ratio WHERE width > 500. Empty: all.");
        group.option(SCHEMA_OVERRIDES, STRING, "")
                .rule(ParsedRule.OVERRIDES)
                .importance(MEDIUM)
                .doc("Types of columns, in place of those that the source asks for, as in aspect_ratio:double,"
                        + " meta:struct<score: double, tags: list<string>>. They are those of Iceberg, and json.");
        group.option(MEDIA_REFERENCE, STRING, "fileurl")
                .rule(ParsedRule.MEDIA_REFERENCE)
                .importance(MEDIUM)
                .doc("What an image, video, audio or document becomes: fileurl, its URL; localpath, the path on the"
                        + " machine of the source; inline, its bytes where the event has them. One for all, or also by"
                        + " column, as in fileurl, thumbnail:inline.");
        group.option(MEDIA_REWRITE, STRING, "")
                .rule(ParsedRule.MEDIA_REWRITE)
                .importance(MEDIUM)
                .doc("Beginnings of media references and what is put in their place, as in"
                        + " file:///mnt/media -> s3://example-bucket/media. The first that fits counts.");
        group.option(SCHEMA_CONFLICTS, STRING, "reject")
                .rule(Choices.of(SchemaConflicts.class))
                .importance(MEDIUM)
                .doc("What becomes of events whose schema the table can't take, such as text for a column of numbers:"
                        + " reject treats each as a bad record, fail takes the table for broken: see table.failure.");
    }

    private static void types(OptionGroup group) {
        group.option(JSON_MODE, STRING, "struct")
                .rule(Choices.of(JsonMode.class))
                .importance(MEDIUM)
                .visibleFor(Destination.ICEBERG)
                .doc("What columns of JSON become in Iceberg: struct, the type that all values have in common, which"
                        + " grows with the keys that come; variant, which takes any value and needs"
                        + " iceberg.format.version=3; or string, the text. Files have JSON as it is.");
        group.option(TYPES_FLOAT, STRING, "float")
                .rule(Choices.of(FloatWidth.class))
                .importance(MEDIUM)
                .doc("What Pixeltable's Float becomes in Iceberg. float has 32 bits, as Pixeltable's own export, so"
                        + " that its tables can be continued; double keeps every digit and is recommended. Files"
                        + " always have every digit.");
        group.option(ARRAYS_FIXED, STRING, "list")
                .rule(Choices.of(FixedArrays.class))
                .importance(LOW)
                .doc("What becomes of Pixeltable's arrays of a fixed shape: list, with the shape of every value checked"
                        + " and noted in the column's doc, or reject, as by Pixeltable's own export.");
    }

    private static void iceberg(OptionGroup group) {
        group.option(ICEBERG_TABLE, STRING, "")
                .importance(HIGH)
                .visibleFor(Destination.ICEBERG)
                .doc("The table, as namespace.table. ${topic} stands for the topic's name, as in lake.${topic}."
                        + " Required for destination=iceberg. Namespace and table are created where they are missing.");
        group.option(ICEBERG_IF_EXISTS, STRING, "error")
                .rule(Choices.of(ExistingTarget.Action.class))
                .importance(MEDIUM)
                .visibleFor(Destination.ICEBERG)
                .doc("What happens to a table that is there already and was not made by a connector of this name: error"
                        + " refuses it, see table.failure; append adds to it; replace gathers rows beside it, which take its place in"
                        + " one commit once they have come to where the topics ended when the connector was started."
                        + " replace needs kafka.bootstrap.servers, and other properties of a Kafka client as kafka.*"
                        + " where the cluster asks for them.");
        group.option(ICEBERG_PARTITION_BY, STRING, "")
                .rule(ParsedRule.PARTITIONS)
                .importance(MEDIUM)
                .visibleFor(Destination.ICEBERG)
                .doc("How a table that the connector creates is partitioned: a list of columns and transforms, as in"
                        + " days(ts), bucket(16, id), truncate(4, label), region.");
        group.option(ICEBERG_BRANCH, STRING, "")
                .importance(LOW)
                .visibleFor(Destination.ICEBERG)
                .doc("The branch that commits go to. Empty: main.");
        group.option(ICEBERG_FORMAT_VERSION, INT, 2)
                .rule(Bounds.between(2, 3))
                .importance(LOW)
                .visibleFor(Destination.ICEBERG)
                .doc(
                        "The format version of a table that the connector creates. Variants and times of nanoseconds need 3.");
    }

    private static void files(OptionGroup group) {
        group.option(FILES_DIRECTORY, STRING, "")
                .importance(HIGH)
                .visibleFor(Destination.JSONL, Destination.CSV)
                .doc("The directory below which each topic and partition has its files. Required for destination=jsonl"
                        + " and csv.");
        group.option(FILES_IF_EXISTS, STRING, "error")
                .rule(Choices.of(ExistingTarget.Action.class))
                .importance(MEDIUM)
                .visibleFor(Destination.JSONL, Destination.CSV)
                .doc("What happens to files of a topic that are there already and were not made by a connector of this"
                        + " name: error refuses them, see table.failure; append adds to them; replace gathers files beside them, which"
                        + " take their place once they have come to where the topic ended when the connector was"
                        + " started. replace needs kafka.bootstrap.servers, and other properties of a Kafka client as"
                        + " kafka.* where the cluster asks for them.");
        group.option(FILES_ROLL_SIZE_BYTES, LONG, 128L << 20)
                .rule(Bounds.atLeast(1))
                .importance(MEDIUM)
                .visibleFor(Destination.JSONL, Destination.CSV)
                .doc("Publish a file once it has so many bytes, compressed.");
        group.option(FILES_ROLL_INTERVAL_MS, LONG, 600_000L)
                .rule(Bounds.atLeast(1))
                .importance(MEDIUM)
                .visibleFor(Destination.JSONL, Destination.CSV)
                .doc("Publish a file once its first row is so old.");
        group.option(FILES_ROLL_RECORDS, LONG, Long.MAX_VALUE)
                .rule(Bounds.atLeast(1))
                .importance(MEDIUM)
                .visibleFor(Destination.JSONL, Destination.CSV)
                .doc("Publish a file once it has so many rows.");
        group.option(FILES_COMPRESSION, STRING, "none")
                .rule(Choices.of(Compression.class))
                .importance(LOW)
                .visibleFor(Destination.JSONL, Destination.CSV)
                .doc("How files are compressed.");
    }

    private static void texts(OptionGroup group) {
        group.option(CSV_DELIMITER, STRING, ",")
                .rule(new DelimiterRule())
                .importance(LOW)
                .visibleFor(Destination.CSV)
                .doc("The character between two fields; \\t is a tab.");
        group.option(CSV_QUOTING, STRING, "minimal")
                .rule(Choices.of(Quoting.class))
                .importance(LOW)
                .visibleFor(Destination.CSV)
                .doc("Which fields are quoted: those that need it, all, all but numbers and booleans, or none.");
        group.option(CSV_HEADER, BOOLEAN, true)
                .importance(LOW)
                .visibleFor(Destination.CSV)
                .doc("Whether each file begins with a line of column names.");
        group.option(CSV_NULL, STRING, "")
                .importance(LOW)
                .visibleFor(Destination.CSV)
                .doc("The text of a null. Empty: as Pixeltable's export, which can't be told from an empty string.");
        group.option(CSV_BOOLEAN_STYLE, STRING, "lower")
                .rule(Choices.of(BooleanStyle.class))
                .importance(LOW)
                .visibleFor(Destination.CSV)
                .doc("lower writes true and false; python writes True and False, as Pixeltable's export.");
        group.option(JSON_NONFINITE, STRING, "null")
                .rule(Choices.of(NonFinite.class))
                .importance(LOW)
                .visibleFor(Destination.JSONL, Destination.CSV)
                .doc(
                        "What stands for NaN and the infinities where JSON is written: null, a string, or the bare token of"
                                + " Pixeltable's export, which strict readers refuse.");
        group.option(BINARY_ENCODING, STRING, "exclude")
                .rule(Choices.of(BinaryEncoding.class))
                .importance(LOW)
                .visibleFor(Destination.JSONL, Destination.CSV)
                .doc("What becomes of binary columns: left out, as by Pixeltable's export, or written as base64.");
    }

    /** The values of {@link #OFFSETS_RESET}. */
    enum OffsetsReset {
        REFUSE,
        ALLOW
    }

    /** The values of {@link #DESTINATION}. */
    enum Destination {
        ICEBERG,
        JSONL,
        CSV
    }
}
