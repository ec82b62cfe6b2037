package io.rowlake.cli;

import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePartition;
import io.rowlake.sink.SinkException;
import io.rowlake.sink.iceberg.IcebergLedger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types;

/** What there is to say of an Iceberg table, printed part by part. */
final class TableReport {

    private static final String INDENT = "  ";
    private static final int SNAPSHOTS_SHOWN = 20;

    private final Console console;
    private final Table table;

    TableReport(Console console, Table table) {
        this.console = console;
        this.table = table;
    }

    void printSchema() {
        Schema schema = table.schema();
        var text = new TextTable("column", "type", "", "doc");
        for (Types.NestedField field : schema.columns()) {
            boolean key = schema.identifierFieldIds().contains(field.fieldId());
            String doc = field.doc() == null ? "" : field.doc();
            text.row(field.name(), field.type(), key ? "key" : field.isRequired() ? "required" : "", doc);
        }
        text.print(console, INDENT);
    }

    void printPartitioning() {
        PartitionSpec spec = table.spec();
        if (spec.isUnpartitioned()) {
            console.line(INDENT + "none");
            return;
        }
        for (PartitionField field : spec.fields()) {
            String source = table.schema().findColumnName(field.sourceId());
            console.line(INDENT + field.name() + " = " + field.transform() + "(" + source + ")");
        }
    }

    /** The newest first. */
    void printSnapshots() {
        var snapshots = new ArrayList<Snapshot>();
        table.snapshots().forEach(snapshots::add);
        if (snapshots.isEmpty()) {
            console.line(INDENT + "none yet");
            return;
        }
        var text = new TextTable("committed", "operation", "rows added", "deleted", "id");
        int oldest = Math.max(0, snapshots.size() - SNAPSHOTS_SHOWN);
        for (int index = snapshots.size() - 1; index >= oldest; index--) {
            Snapshot snapshot = snapshots.get(index);
            Map<String, String> summary = snapshot.summary();
            text.row(
                    Instant.ofEpochMilli(snapshot.timestampMillis()),
                    snapshot.operation(),
                    summary.getOrDefault(SnapshotSummary.ADDED_RECORDS_PROP, "0"),
                    summary.getOrDefault(SnapshotSummary.DELETED_RECORDS_PROP, "0"),
                    snapshot.snapshotId());
        }
        text.print(console, INDENT);
        if (oldest > 0) {
            console.line(INDENT + "and " + oldest + " older ones");
        }
    }

    /** How far each source partition has been taken, as the table itself records it. */
    void printOffsets(Optional<String> branch) {
        try {
            print(IcebergLedger.read(table, branch));
        } catch (SinkException e) {
            console.line(INDENT + e.getMessage());
        }
    }

    private void print(SourceOffsets offsets) {
        if (offsets.isEmpty()) {
            console.line(INDENT + "none recorded");
            return;
        }
        var text = new TextTable("topic", "partition", "next offset");
        for (Map.Entry<SourcePartition, Long> entry : offsets.asMap().entrySet()) {
            text.row(entry.getKey().topic(), entry.getKey().partition(), entry.getValue());
        }
        text.print(console, INDENT);
    }

    void printRows(List<List<Object>> rows) {
        var text = new TextTable(
                table.schema().columns().stream().map(Types.NestedField::name).toArray(String[]::new));
        rows.forEach(row -> text.row(row.toArray()));
        text.print(console, INDENT);
    }

    /** The columns in one line: {@code label string, width long}. */
    String columns() {
        return table.schema().columns().stream()
                .map(field -> field.name() + " " + field.type())
                .collect(Collectors.joining(", "));
    }
}
