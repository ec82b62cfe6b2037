package io.rowlake.sink.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowlake.batch.BatchMemory;
import io.rowlake.event.Column;
import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.MalformedEventsException;
import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePosition;
import io.rowlake.event.TableSchema;
import io.rowlake.sink.SinkException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types.FixedType;
import org.apache.iceberg.types.Types.ListType;
import org.apache.iceberg.types.Types.LongType;
import org.apache.iceberg.types.Types.MapType;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.iceberg.types.Types.StringType;
import org.apache.iceberg.types.Types.StructType;
import org.apache.iceberg.types.Types.UnknownType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that somebody else made, or changes meanwhile. */
class ForeignTablesTest {

    private static final TableIdentifier TABLE = TableIdentifier.parse(Lake.TABLE);
    private static final TableSchema ID = new TableSchema(List.of(new Column("id", Scalar.LONG)), List.of());
    private static final TableSchema ID_AND_LABEL =
            new TableSchema(List.of(new Column("id", Scalar.LONG), new Column("label", Scalar.STRING)), List.of());

    private final BatchMemory memory = new BatchMemory();
    private Lake lake;
    private IcebergSink sink;

    @TempDir
    private Path directory;

    @BeforeEach
    void openLake() {
        lake = new Lake(directory);
        ((SupportsNamespaces) lake.catalog()).createNamespace(Namespace.of("lake"));
        sink = lake.sink();
    }

    @AfterEach
    void everythingIsReleased() {
        sink.close();
        lake.close();
        memory.close();
    }

    @Test
    void columnsOfTypesThatNoSourceHasStayNull() {
        var schema = new Schema(
                NestedField.optional(1, "nothing", UnknownType.get()),
                NestedField.optional(2, "tags", MapType.ofOptional(3, 4, StringType.get(), LongType.get())),
                NestedField.optional(5, "hash", FixedType.ofLength(3)),
                NestedField.optional(7, "id", LongType.get()));
        lake.catalog().createTable(TABLE, schema, PartitionSpec.unpartitioned(), Map.of("format-version", "3"));

        write(ID, 0, List.of(7L));

        assertThat(Lake.map(lake.records().get(0)).values()).containsExactly(null, null, null, 7L);
        assertThat(sink.schema()).contains(ID);
    }

    @Test
    void aColumnOfATypeThatNoSourceHasIsNoPlaceForASourceColumn() {
        lake.catalog().createTable(TABLE, new Schema(NestedField.optional(1, "id", FixedType.ofLength(8))));
        sink.open(Set.of(Lake.IMAGES));

        assertThatThrownBy(() -> sink.reconcile(ID))
                .isInstanceOf(SinkException.class)
                .hasMessage(
                        "Cannot append to table 'lake.images': column 'id' is long in the source and fixed[8] in the"
                                + " table%s. Source schema: id: long. Table schema: ",
                        Lake.HINT);
    }

    @Test
    void aRequiredColumnTakesValuesButNoNull() {
        lake.catalog()
                .createTable(
                        TABLE,
                        new Schema(
                                NestedField.required(1, "id", LongType.get()),
                                NestedField.optional(2, "label", StringType.get())));
        write(ID_AND_LABEL, 0, List.of(1L, "a"));

        assertThatThrownBy(() -> stage(ID_AND_LABEL, 1, Arrays.asList(null, "b")))
                .isInstanceOf(MalformedEventsException.class)
                .hasMessage("Cannot decode event at images-0@1: column 'id' must have a value, since the table requires"
                        + " one, but was null (to take nulls, make it optional in the table)");
        sink.discard();

        assertThat(lake.column("id")).containsExactly(1L);
        assertThat(lake.parquetFilesOnDisk()).hasSize(1);
    }

    @Test
    void whatIsNestedInAColumnMayBeRequiredToo() {
        var struct = StructType.of(
                NestedField.required(3, "x", LongType.get()),
                NestedField.optional(4, "l", ListType.ofRequired(5, LongType.get())));
        lake.catalog()
                .createTable(
                        TABLE,
                        new Schema(
                                NestedField.optional(1, "id", LongType.get()), NestedField.optional(2, "s", struct)));
        ColumnType type = new ColumnType.StructType(
                List.of(new Column("x", Scalar.LONG), new Column("l", new ColumnType.ListType(Scalar.LONG))));
        var nested = new TableSchema(List.of(new Column("id", Scalar.LONG), new Column("s", type)), List.of());
        write(nested, 0, Arrays.asList(0L, null));
        write(nested, 1, List.of(1L, Arrays.asList(7L, null)));

        assertThatThrownBy(() -> stage(nested, 2, List.of(2L, Arrays.asList(null, List.of()))))
                .hasMessageStartingWith("Cannot decode event at images-0@2: column 's.x' must have a value");
        assertThatThrownBy(() -> stage(nested, 3, List.of(3L, List.of(7L, Arrays.asList(1L, null)))))
                .hasMessageStartingWith("Cannot decode event at images-0@3: column 's.l.element' must have a value");
        assertThat(lake.column("id")).containsExactlyInAnyOrder(0L, 1L);
    }

    @Test
    void aWrongPropertyOfTheTableStopsTheSink() {
        write(ID, 0, List.of(1L));
        lake.table()
                .updateProperties()
                .set(TableProperties.PARQUET_COMPRESSION, "zst")
                .commit();

        assertThatThrownBy(() -> stage(ID, 1, List.of(2L)))
                .isInstanceOf(SinkException.class)
                .hasMessage("Cannot write rows for table 'lake.images': Unsupported compression codec: zst");
    }

    @Test
    void rowsThatWereStagedBeforeTheTableWasPartitionedAreCommitted() {
        write(ID, 0, List.of(1L));
        stage(ID, 1, List.of(2L));
        lake.table().updateSpec().addField(Expressions.bucket("id", 4)).commit();

        sink.commitAll(SourceOffsets.of(Lake.IMAGES, 2));
        write(ID, 2, List.of(3L));

        assertThat(lake.column("id")).containsExactlyInAnyOrder(1L, 2L, 3L);
        assertThat(lake.dataFiles()).extracting(file -> file.specId()).containsExactlyInAnyOrder(0, 0, 1);
    }

    @Test
    void columnNamesNeedNotBeWords() {
        var names = new TableSchema(
                List.of(
                        new Column("a-b", Scalar.LONG),
                        new Column("x y", Scalar.STRING),
                        new Column("p.q", Scalar.INT),
                        new Column("ünï", Scalar.INT),
                        new Column("1", Scalar.INT)),
                List.of());
        var wider = new TableSchema(
                List.of(new Column("a-b", Scalar.LONG), new Column("p.q", Scalar.LONG), new Column("r.s", Scalar.INT)),
                List.of());

        write(names, 0, List.of(1L, "x", 2, 3, 4));
        write(wider, 1, List.of(5L, 6L, 7));

        assertThat(lake.records().stream()
                        .map(row -> List.copyOf(Lake.map(row).keySet()))
                        .distinct())
                .containsExactly(List.of("a-b", "x y", "p.q", "ünï", "1", "r.s"));
        assertThat(lake.column("p.q")).containsExactlyInAnyOrder(2L, 6L);
    }

    private void write(TableSchema schema, long offset, List<?> row) {
        if (sink.schema().isEmpty()) {
            sink.open(Set.of(Lake.IMAGES));
        }
        stage(schema, offset, row);
        sink.commitAll(SourceOffsets.of(Lake.IMAGES, offset + 1));
    }

    private void stage(TableSchema schema, long offset, List<?> row) {
        Lake.stage(memory, sink, schema, new SourcePosition(Lake.IMAGES, offset), List.of(row));
    }
}
