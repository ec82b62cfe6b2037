package io.rowlake.sink.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowlake.event.Column;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.ColumnType.StructType;
import io.rowlake.event.TableSchema;
import io.rowlake.sink.RetriableSinkException;
import io.rowlake.sink.SinkException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Types.LongType;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class IcebergCatalogTest {

    @TempDir
    private Path directory;

    @Test
    void theNameIsThatOfTheOtherEngines() throws Exception {
        Map<String, String> properties = new HashMap<>(Lake.properties(directory));
        Catalog other = CatalogUtil.buildIcebergCatalog("default", properties, new Configuration());
        ((SupportsNamespaces) other).createNamespace(Namespace.of("lake"));
        other.createTable(
                TableIdentifier.parse(Lake.TABLE), new Schema(NestedField.optional(1, "width", LongType.get())));
        ((AutoCloseable) other).close();
        properties.put("name", "default");

        try (IcebergCatalog catalog = new IcebergCatalog(properties, InstantSource.system());
                IcebergSink sink = catalog.table(Lake.settings(""))) {
            sink.open(Set.of(Lake.IMAGES));

            assertThat(sink.schema()).contains(new TableSchema(List.of(new Column("width", Scalar.LONG)), List.of()));
        }
    }

    @Test
    void theDirectoryOfASqliteFileIsMade() {
        Path missing = directory.resolve("a").resolve("b");

        try (IcebergCatalog catalog = new IcebergCatalog(Lake.properties(missing), InstantSource.system())) {
            assertThat(catalog.catalog().name()).isEqualTo("rowlake");
        }

        assertThat(missing.resolve("catalog.db")).exists();
    }

    @Test
    void aDirectoryThatCannotBeMadeIsNamed() throws Exception {
        Path file = Files.writeString(directory.resolve("a"), "in the way");

        try (IcebergCatalog catalog = new IcebergCatalog(Lake.properties(file.resolve("b")), InstantSource.system())) {
            assertThatThrownBy(catalog::catalog)
                    .isInstanceOf(RetriableSinkException.class)
                    .hasMessageStartingWith(
                            "Cannot make the directory " + file.resolve("b") + " of the Iceberg catalog: ");
        }
    }

    static Stream<Arguments> wrongProperties() {
        return Stream.of(
                Arguments.of(Map.of("type", "jdbd"), "Unknown catalog type: jdbd"),
                Arguments.of(Map.of("type", "jdbc"), "JDBC connection URI is required"),
                Arguments.of(
                        Map.of("catalog-impl", "com.example.Nothing"),
                        "Cannot initialize Catalog implementation com.example.Nothing: Cannot find constructor for"
                                + " interface org.apache.iceberg.catalog.Catalog"));
    }

    @ParameterizedTest
    @MethodSource
    void wrongProperties(Map<String, String> properties, String reason) {
        try (IcebergCatalog catalog = new IcebergCatalog(properties, InstantSource.system())) {
            assertThatThrownBy(catalog::catalog)
                    .isInstanceOf(SinkException.class)
                    .hasMessageStartingWith("Cannot open the Iceberg catalog: " + reason);
        }
    }

    @Test
    void aStructWithoutFieldsIsRefusedBeforeATableIsMade() {
        try (Lake lake = new Lake(directory);
                IcebergSink sink = lake.sink()) {
            sink.open(Set.of(Lake.IMAGES));
            var hollow = new TableSchema(
                    List.of(new Column("place", new StructType(List.of(new Column("zip", new StructType(List.of())))))),
                    List.of());

            assertThatThrownBy(() -> sink.reconcile(hollow))
                    .isInstanceOf(SinkException.class)
                    .hasMessage("Cannot write to table 'lake.images': column 'place.zip' is a struct without fields,"
                            + " which no file can hold; it has to be given another type, such as json");
            assertThat(lake.hasTable()).isFalse();
        }
    }
}
