package io.rowlake.sink.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowlake.event.Column;
import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.ListType;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.ColumnType.StructType;
import io.rowlake.event.TableSchema;
import io.rowlake.sink.IncompatibleSchemaException;
import io.rowlake.sink.SinkException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Types that not every table can have. */
class FormatRuleTest extends LakeTest {

    static Stream<Arguments> times() {
        return Stream.of(
                Arguments.of(Scalar.TIMESTAMP_NANO, Scalar.TIMESTAMP),
                Arguments.of(Scalar.LOCAL_TIMESTAMP_NANO, Scalar.LOCAL_TIMESTAMP),
                Arguments.of(nested(Scalar.TIMESTAMP_NANO), nested(Scalar.TIMESTAMP)));
    }

    @ParameterizedTest
    @MethodSource("times")
    void nanosecondsComeAsMicrosecondsToTablesOfVersionTwo(ColumnType nanos, ColumnType micros) {
        IcebergSink sink = opened(lake.sink(), IMAGES);

        assertThat(sink.reconcile(one(nanos))).isEqualTo(one(micros));
    }

    @ParameterizedTest
    @MethodSource("times")
    void nanosecondsStayInTablesOfVersionThree(ColumnType nanos) {
        IcebergSink sink = opened(lake.sink(Lake.settings("", 3)), IMAGES);

        assertThat(sink.reconcile(one(nanos))).isEqualTo(one(nanos));
    }

    @ParameterizedTest
    @MethodSource("times")
    void aNewColumnIsOfTheVersionThatTheTableHas(ColumnType nanos, ColumnType micros) {
        commit(opened(lake.sink(), IMAGES), IMAGES, 0);
        IcebergSink sink = opened(lake.sink(Lake.settings("", 3)), IMAGES);

        assertThat(sink.reconcile(one(nanos))).isEqualTo(one(micros));
    }

    @ParameterizedTest
    @MethodSource("times")
    void aColumnKeepsTheUnitThatItHas(ColumnType nanos, ColumnType micros) {
        createTable(new TableSchema(List.of(new Column("a", micros), new Column("b", nanos)), List.of()));
        IcebergSink sink = opened(lake.sink(), IMAGES);
        var source = new TableSchema(List.of(new Column("a", nanos), new Column("b", micros)), List.of());

        assertThat(sink.reconcile(source))
                .isEqualTo(new TableSchema(List.of(new Column("a", micros), new Column("b", nanos)), List.of()));
    }

    @Test
    void timesWithAZoneAndWithoutDoNotGoTogether() {
        createTable(one(Scalar.LOCAL_TIMESTAMP));
        IcebergSink sink = opened(lake.sink(), IMAGES);

        assertThatThrownBy(() -> sink.reconcile(one(Scalar.TIMESTAMP_NANO)))
                .isInstanceOf(IncompatibleSchemaException.class)
                .hasMessageStartingWith("Cannot append to table 'lake.images': column 'a' is timestamp_nano in the"
                        + " source and local_timestamp in the table");
    }

    @Test
    void variantsNeedVersionThreeAndLeaveNoTableBehind() {
        IcebergSink sink = opened(lake.sink(), IMAGES);

        assertThatThrownBy(() -> sink.reconcile(one(nested(Scalar.VARIANT))))
                .isExactlyInstanceOf(SinkException.class)
                .hasMessage("Cannot write to table 'lake.images': column 'a.element.at' is variant, which needs format"
                        + " version 3, but the table has version 2. Give the column another type with json.mode or"
                        + " schema.overrides, or upgrade the table to format version 3");
        assertThat(lake.hasTable()).isFalse();
    }

    @Test
    void variantsAreNotAddedToATableOfVersionTwo() {
        commit(opened(lake.sink(), IMAGES), IMAGES, 0);
        IcebergSink sink = opened(lake.sink(Lake.settings("", 3)), IMAGES);

        assertThatThrownBy(() -> sink.reconcile(one(Scalar.VARIANT)))
                .isExactlyInstanceOf(SinkException.class)
                .hasMessageStartingWith("Cannot write to table 'lake.images': column 'a' is variant");
    }

    private void createTable(TableSchema schema) {
        ((SupportsNamespaces) lake.catalog()).createNamespace(Namespace.of("lake"), Map.of());
        lake.catalog()
                .buildTable(TableIdentifier.parse(Lake.TABLE), SchemaMapping.schema(schema))
                .withProperty(TableProperties.FORMAT_VERSION, "3")
                .create();
    }

    private static ColumnType nested(Scalar type) {
        return new ListType(new StructType(List.of(new Column("at", type))));
    }

    private static TableSchema one(ColumnType type) {
        return new TableSchema(List.of(new Column("a", type)), List.of());
    }
}
