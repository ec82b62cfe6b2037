package io.rowlake.config;

import io.rowlake.decode.DecodeSettings;
import io.rowlake.event.TableName;
import io.rowlake.pipeline.Routes;
import io.rowlake.pipeline.Shaping;
import io.rowlake.shape.MediaSettings.Readers;
import io.rowlake.sink.ExistingTarget;
import io.rowlake.sink.ExistingTarget.Action;
import io.rowlake.sink.TableSink;
import io.rowlake.sink.iceberg.IcebergCatalog;
import io.rowlake.sink.iceberg.IcebergSettings;
import io.rowlake.sink.iceberg.LedgerEdit;
import io.rowlake.sink.iceberg.PartitionTransforms;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** Each topic to a table of one Iceberg catalog. */
final class IcebergRoutes implements Routes {

    private static final String TOPIC = "${topic}";

    private final OptionValues values;
    private final IcebergCatalog catalog;
    private final Map<String, String> partitionsByTable = new HashMap<>();

    IcebergRoutes(OptionValues values, InstantSource clock) {
        this.values = values;
        this.catalog = new IcebergCatalog(values.withPrefix(SinkOptions.ICEBERG_CATALOG_PREFIX), clock);
    }

    /** The table's name with the topic's in its place. */
    static String tableName(String template, String topic) {
        return template.replace(TOPIC, topic);
    }

    @Override
    public String table(String topic) {
        String table = ownTable(topic);
        partitionsByTable.putIfAbsent(
                table,
                values.ofTopic(topic, SinkOptions.ICEBERG_PARTITION_BY)
                        .orElseGet(() -> values.text(SinkOptions.ICEBERG_PARTITION_BY)));
        return table;
    }

    private String ownTable(String topic) {
        String template = values.ofTopic(topic, SinkOptions.ICEBERG_TABLE)
                .orElseGet(() -> values.text(SinkOptions.ICEBERG_TABLE));
        return tableName(template, topic);
    }

    @Override
    public TableSink sink(String table) {
        return catalog.sink(settings(table));
    }

    /** The offsets of a table, to look at and to change. */
    LedgerEdit ledger(String table) {
        return catalog.ledger(settings(table));
    }

    private IcebergSettings settings(String table) {
        return new IcebergSettings(
                TableName.parse(table),
                PartitionTransforms.parse(partitionsByTable.getOrDefault(table, "")),
                values.set(SinkOptions.ICEBERG_BRANCH),
                Math.toIntExact(values.number(SinkOptions.ICEBERG_FORMAT_VERSION)),
                existing(table),
                IcebergSettings.COMMIT_TIMEOUT_DEFAULT);
    }

    @Override
    public DecodeSettings decoding(String topic) {
        return Decoding.of(values, topic);
    }

    @Override
    public Shaping shaping(String topic) {
        return new Shapings(values, readers()).forIceberg(topic);
    }

    /** A warehouse in a directory is read on this machine, every other one by anybody. */
    private Readers readers() {
        String warehouse = values.withPrefix(SinkOptions.ICEBERG_CATALOG_PREFIX).getOrDefault("warehouse", "");
        boolean isDirectory = warehouse.startsWith("/") || warehouse.startsWith("file:");
        return isDirectory ? Readers.LOCAL : Readers.SHARED;
    }

    private ExistingTarget existing(String table) {
        return new ExistingTarget(
                values.choice(SinkOptions.ICEBERG_IF_EXISTS, Action.class),
                values.owner(),
                ReplaceUntil.of(
                        values.given(SinkOptions.REPLACE_UNTIL),
                        table,
                        topic -> ownTable(topic).equals(table)));
    }

    @Override
    public void close() {
        catalog.close();
    }
}
