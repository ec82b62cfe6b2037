package io.rowlake.sink.iceberg;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rowlake.event.SourceOffsets;
import io.rowlake.event.TableName;
import io.rowlake.event.TableSchema;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.PartitionSpecParser;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.TypeUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The table beside another one in which the rows gather that are to replace it. Its data files lie where the other table's
 * do, its columns and partitions have ids that the other one never had, and it is there complete or not at all.
 */
final class SideTable {

    private static final Logger LOG = LoggerFactory.getLogger(SideTable.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The table property with the id of the table that is to be replaced. */
    static final String REPLACED = "rowlake.replace.of";

    /** The table property with the end of the source when the replacement began; a restart doesn't move it. */
    private static final String UNTIL = "rowlake.replace.until";

    private static final String INFIX = "__rowlake_";

    private SideTable() {}

    /** The same for all tasks of a connector, and for no other connector. */
    static TableName name(TableName table, String owner) {
        UUID hash = UUID.nameUUIDFromBytes(owner.getBytes(StandardCharsets.UTF_8));
        return new TableName(
                table.namespace(),
                table.name() + INFIX + hash.toString().replace("-", "").substring(0, 12));
    }

    /**
     * Makes it, in one commit of the catalog.
     *
     * @param target the table that is to be replaced, as it is now
     */
    static Table create(
            Catalog catalog, TableIdentifier identifier, IcebergSettings settings, TableSchema columns, Table target) {
        TableMetadata replaced = ((HasTableOperations) target).operations().current();
        Schema fresh = SchemaMapping.schema(columns);
        Transaction making = catalog.buildTable(identifier, fresh)
                .withPartitionSpec(settings.partitions().spec(fresh))
                .withProperties(properties(settings, target, replaced))
                .createTransaction();
        TableOperations operations = ((HasTableOperations) making.table()).operations();
        TableMetadata made = operations.current();
        int shift = replaced.lastColumnId();
        Schema schema = shifted(made.schema(), shift);
        operations.commit(
                made,
                TableMetadata.buildFrom(made)
                        .setCurrentSchema(schema, shift + made.lastColumnId())
                        .setDefaultPartitionSpec(
                                shifted(made.spec(), schema, shift, replaced.lastAssignedPartitionId()))
                        .build());
        making.commitTransaction();
        LOG.info("Created table {}, in which the new rows of {} gather", identifier, target.name());
        return catalog.loadTable(identifier);
    }

    private static Map<String, String> properties(IcebergSettings settings, Table target, TableMetadata replaced) {
        Map<String, String> properties = new HashMap<>();
        properties.put(
                TableProperties.FORMAT_VERSION,
                String.valueOf(Math.max(settings.formatVersion(), replaced.formatVersion())));
        if (!settings.existing().owner().isEmpty()) {
            properties.put(TableOrigin.CONNECTOR, settings.existing().owner());
        }
        properties.put(REPLACED, target.uuid().toString());
        properties.put(UNTIL, IcebergLedger.text(settings.existing().replaceUntil()));
        properties.put(Swap.REPLACE_ID, UUID.randomUUID().toString());
        properties.put(
                TableProperties.WRITE_DATA_LOCATION,
                target.properties().getOrDefault(TableProperties.WRITE_DATA_LOCATION, target.location() + "/data"));
        // Its files are the other table's once they are swapped, so that nobody may clean up after it.
        properties.put(TableProperties.GC_ENABLED, "false");
        return properties;
    }

    private static Schema shifted(Schema schema, int shift) {
        return new Schema(TypeUtil.assignIds(schema.asStruct(), id -> id + shift)
                .asStructType()
                .fields());
    }

    /** Through its text, since Iceberg's builder gives out the ids of partitions itself. */
    private static PartitionSpec shifted(PartitionSpec spec, Schema schema, int shift, int lastPartition) {
        if (spec.isUnpartitioned()) {
            return PartitionSpec.unpartitioned();
        }
        ObjectNode text = JSON.createObjectNode().put("spec-id", spec.specId());
        ArrayNode fields = text.putArray("fields");
        int next = lastPartition + 1;
        for (PartitionField field : spec.fields()) {
            fields.addObject()
                    .put("name", field.name())
                    .put("transform", field.transform().toString())
                    .put("source-id", field.sourceId() + shift)
                    .put("field-id", next++);
        }
        return PartitionSpecParser.fromJson(schema, text.toString());
    }

    /** Whether it gathers the rows for this very table. */
    static boolean isFor(Table side, Table target) {
        return target.uuid().toString().equals(side.properties().get(REPLACED));
    }

    /** Whether all partitions have come so far; if there is nothing to wait for, whether any row has come. */
    static boolean isComplete(Table side) {
        SourceOffsets ledger = IcebergLedger.read(side, Optional.empty());
        SourceOffsets until = IcebergLedger.parse(side, side.properties().get(UNTIL));
        return !ledger.isEmpty()
                && until.asMap().entrySet().stream()
                        .allMatch(end -> ledger.next(end.getKey()).orElse(0) >= end.getValue());
    }

    /**
     * Ends it: a snapshot on top after which no commit of a task goes through. A commit that is faster is in it.
     *
     * @throws org.apache.iceberg.exceptions.ValidationException if somebody was faster
     * @throws org.apache.iceberg.exceptions.CommitFailedException likewise
     */
    static void seal(Table side) {
        if (IcebergLedger.isSealed(IcebergLedger.ancestry(side, Optional.empty()))) {
            return;
        }
        LedgerLook seen = LedgerLook.at(side, Optional.empty());
        SourceOffsets ledger = IcebergLedger.read(side, Optional.empty());
        Transaction sealing = side.newTransaction();
        AppendFiles seal = sealing.newAppend();
        seal.set(IcebergLedger.OFFSETS, IcebergLedger.text(ledger)).set(IcebergLedger.SEALED, "true");
        seal.validateWith(history -> seen.stands(sealing, Optional.empty()));
        seal.commit();
        sealing.commitTransaction();
    }

    /** Removes it. Its data files stay if they are the other table's by now. */
    static void drop(Catalog catalog, TableIdentifier identifier, @Nullable Table target) {
        Table side = TableAccess.load(catalog, identifier);
        if (side == null) {
            return;
        }
        TableMetadata metadata = ((HasTableOperations) side).operations().current();
        String id = side.properties().get(Swap.REPLACE_ID);
        boolean isSwapped =
                target != null && Objects.equals(id, target.properties().get(Swap.REPLACE_ID));
        if (catalog.dropTable(identifier, false)) {
            CatalogUtil.dropTableData(
                    side.io(), isSwapped ? metadata : metadata.replaceProperties(collectable(metadata)));
            LOG.info("Dropped table {}", identifier);
        }
    }

    private static Map<String, String> collectable(TableMetadata metadata) {
        Map<String, String> properties = new HashMap<>(metadata.properties());
        properties.remove(TableProperties.GC_ENABLED);
        return properties;
    }
}
