package io.rowlake.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.rest.RESTCatalog;
import org.apache.kafka.common.TopicPartition;

/** The tables of a run, read by Iceberg's generic reader in the order of their commits. */
final class IcebergOutcome implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final RESTCatalog catalog;

    IcebergOutcome(Map<String, String> properties) {
        catalog = (RESTCatalog) CatalogUtil.buildIcebergCatalog("chaos", properties, new Configuration(false));
    }

    /** Gives all rows of a topic to the check. */
    void read(String topic, OutcomeCheck check) throws IOException {
        Table table = table(topic);
        for (DataFile file : files(table)) {
            try (CloseableIterable<Record> records = Parquet.read(table.io().newInputFile(file.location()))
                    .project(table.schema())
                    .createReaderFunc(type -> GenericParquetReaders.buildReader(table.schema(), type))
                    .build()) {
                records.forEach(row -> check.row(row(row), file.location()));
            }
        }
    }

    /** What is wrong with the offsets that the table's last commit recorded; empty where nothing is. */
    List<String> ledgerFindings(String topic, Map<TopicPartition, Long> ends) throws IOException {
        JsonNode ledger = JSON.readTree(table(topic).currentSnapshot().summary().get("rowlake.offsets"));
        var findings = new ArrayList<String>();
        ends.forEach((partition, end) -> {
            JsonNode next = ledger.path(topic).path(Integer.toString(partition.partition()));
            if (partition.topic().equals(topic) && end > 0 && next.asLong(-1) != end) {
                findings.add("iceberg: " + partition + " ends at " + end + ", but the ledger says " + next);
            }
        });
        return findings;
    }

    /** How many snapshots the table has had since it was created. */
    int commits(String topic) {
        return List.copyOf(table(topic).history()).size();
    }

    @Override
    public void close() throws IOException {
        catalog.close();
    }

    private Table table(String topic) {
        return catalog.loadTable(TableIdentifier.of("lake", topic));
    }

    private static List<DataFile> files(Table table) throws IOException {
        var files = new ArrayList<DataFile>();
        try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
            tasks.forEach(task -> files.add(task.file()));
        }
        // By commit, and by place in its manifest
        files.sort(Comparator.comparing(DataFile::dataSequenceNumber).thenComparing(DataFile::pos));
        return files;
    }

    private static SequencedRow row(Record row) {
        return new SequencedRow(
                String.valueOf(row.getField("k")),
                (Long) row.getField("s"),
                Math.toIntExact((Long) row.getField("p")),
                String.valueOf(row.getField("v")),
                String.valueOf(row.getField("c")));
    }
}
