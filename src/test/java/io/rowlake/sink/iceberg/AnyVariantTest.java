package io.rowlake.sink.iceberg;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rowlake.batch.BatchMemory;
import io.rowlake.event.Column;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePosition;
import io.rowlake.event.TableSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.apache.iceberg.variants.Variant;
import org.jspecify.annotations.Nullable;

/** JSON of any form, written as variants, is read back as the same JSON. */
final class AnyVariantTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final TableSchema SCHEMA =
            new TableSchema(List.of(new Column("v", Scalar.VARIANT), new Column("w", Scalar.VARIANT)), List.of());
    private static final int DEPTH_MAX = 4;

    /** Texts of two columns, some of them missing. */
    @Provide
    Arbitrary<List<List<String>>> rows() {
        Arbitrary<String> texts = values(DEPTH_MAX).map(AnyVariantTest::text);
        return texts.injectNull(0.1).list().ofSize(2).list().ofMinSize(1).ofMaxSize(12);
    }

    @Property(tries = 60)
    void isReadBackAsItWasWritten(@ForAll("rows") List<List<String>> rows) {
        try (var memory = new BatchMemory();
                var catalog = new InMemoryCatalog()) {
            catalog.initialize("memory", Map.of());

            write(memory, catalog, rows);

            List<Record> read = Lake.records(catalog.loadTable(TableIdentifier.parse(Lake.TABLE)));
            assertThat(read.stream().map(AnyVariantTest::plain).toList())
                    .isEqualTo(rows.stream().map(AnyVariantTest::parsed).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What Jackson writes as JSON; null is JSON's null. */
    private static Arbitrary<Object> values(int depth) {
        Arbitrary<Object> scalars = Arbitraries.oneOf(
                Arbitraries.longs().map(Object.class::cast),
                Arbitraries.bytes().map(Object.class::cast),
                Arbitraries.bigIntegers()
                        .between(BigInteger.TEN.pow(38).negate().add(BigInteger.ONE), BigInteger.TEN.pow(37))
                        .map(Object.class::cast),
                Arbitraries.doubles().map(Object.class::cast),
                Arbitraries.bigDecimals()
                        .between(new BigDecimal("-1e15"), new BigDecimal("1e15"))
                        .ofScale(22)
                        .map(Object.class::cast),
                names().map(Object.class::cast),
                Arbitraries.of(true, false).map(Object.class::cast));
        if (depth == 0) {
            return scalars.injectNull(0.1);
        }
        Arbitrary<Object> lists =
                Arbitraries.lazy(() -> values(depth - 1)).list().ofMaxSize(5).map(Object.class::cast);
        Arbitrary<Object> objects = Arbitraries.maps(names(), Arbitraries.lazy(() -> values(depth - 1)))
                .ofMaxSize(5)
                .map(Object.class::cast);
        return Arbitraries.oneOf(scalars, lists, objects).injectNull(0.1);
    }

    private static Arbitrary<String> names() {
        return Arbitraries.oneOf(
                Arbitraries.of("a", "b", "", "A", "z z", "ä", "\uFFFD", "🐅", "a.b"),
                Arbitraries.strings().ofMaxLength(70).filter(UTF_8.newEncoder()::canEncode));
    }

    private static String text(@Nullable Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<@Nullable Object> plain(Record record) {
        return Arrays.asList(plain(record.getField("v")), plain(record.getField("w")));
    }

    private static @Nullable Object plain(@Nullable Object read) {
        return read == null ? "missing" : VariantJson.of(((Variant) read).value());
    }

    private static List<@Nullable Object> parsed(List<String> texts) {
        List<@Nullable Object> values = new ArrayList<>();
        for (@Nullable String text : texts) {
            values.add(text == null ? "missing" : VariantJson.parse(text));
        }
        return values;
    }

    private static void write(BatchMemory memory, InMemoryCatalog catalog, List<? extends List<?>> rows) {
        try (var sink = new IcebergSink(() -> catalog, Lake.settings("", 3), InstantSource.system())) {
            sink.open(Set.of(Lake.IMAGES));
            Lake.stage(memory, sink, SCHEMA, new SourcePosition(Lake.IMAGES, 0), List.copyOf(rows));
            sink.commitAll(SourceOffsets.of(Lake.IMAGES, rows.size()));
        }
    }
}
