package io.rowlake.sink.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowlake.batch.BatchMemory;
import io.rowlake.event.Column;
import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePosition;
import io.rowlake.event.TableName;
import io.rowlake.event.TableSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.jspecify.annotations.Nullable;

/** Rows of any shape are read back, by Iceberg's own reader, as they were written. */
final class AnyRowsTest {

    private static final int ROWS_MAX = 20;

    /** Columns, and the values of each. */
    record Content(List<Column> columns, List<List<Object>> valuesByColumn) {

        List<List<?>> rows() {
            List<List<?>> rows = new ArrayList<>();
            for (int row = 0; row < valuesByColumn.get(0).size(); row++) {
                List<@Nullable Object> values = new ArrayList<>();
                for (List<Object> column : valuesByColumn) {
                    values.add(column.get(row));
                }
                rows.add(values);
            }
            return rows;
        }
    }

    @Provide
    Arbitrary<Content> contents() {
        return Combinators.combine(
                        ArbitraryColumns.columns(), Arbitraries.integers().between(1, ROWS_MAX))
                .flatAs(AnyRowsTest::content);
    }

    @Property(tries = 60)
    void areReadBackAsTheyWereWritten(@ForAll("contents") Content content) {
        try (var memory = new BatchMemory();
                var catalog = new InMemoryCatalog()) {
            catalog.initialize("memory", Map.of());

            write(memory, catalog, content);

            assertThat(Lake.records(catalog.loadTable(TableIdentifier.parse(Lake.TABLE))).stream()
                            .map(read -> ReadValues.plain(content.columns(), read))
                            .toList())
                    .isEqualTo(ReadValues.comparable(content.rows()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Arbitrary<Content> content(List<Column> columns, int rows) {
        return Combinators.combine(columns.stream()
                        .map(column -> ArbitraryColumns.values(column, rows))
                        .toList())
                .as(values -> new Content(columns, values));
    }

    private static void write(BatchMemory memory, InMemoryCatalog catalog, Content content) {
        var settings = new IcebergSettings(
                TableName.parse(Lake.TABLE),
                PartitionTransforms.parse(""),
                Optional.empty(),
                3,
                Lake.APPEND,
                Duration.ofSeconds(60));
        List<List<?>> rows = content.rows();
        try (var sink = new IcebergSink(() -> catalog, settings, InstantSource.system())) {
            sink.open(Set.of(Lake.IMAGES));
            Lake.stage(
                    memory,
                    sink,
                    new TableSchema(content.columns(), List.of()),
                    new SourcePosition(Lake.IMAGES, 0),
                    rows);
            sink.commitAll(SourceOffsets.of(Lake.IMAGES, rows.size()));
        }
    }
}
