package io.rowlake.shape;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rowlake.batch.BatchMemory;
import io.rowlake.batch.Batches;
import io.rowlake.batch.ChangeBatch;
import io.rowlake.batch.ColumnBuilder;
import io.rowlake.event.Column;
import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.Operation;
import io.rowlake.event.SourcePartition;
import io.rowlake.event.SourcePosition;
import io.rowlake.event.TableSchema;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.util.Text;
import org.jspecify.annotations.Nullable;

/** JSON values whose kinds agree keep what is in them, whatever type they turn out to have in common. */
final class AnyJsonTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final SourcePartition IMAGES = new SourcePartition("images", 0);
    private static final TableSchema SCHEMA = new TableSchema(List.of(new Column("meta", Scalar.JSON)), List.of());
    private static final int DEPTH_MAX = 3;

    @Provide
    Arbitrary<List<List<Object>>> batches() {
        return values(DEPTH_MAX)
                .flatMap(value -> value.list()
                        .ofMinSize(1)
                        .ofMaxSize(6)
                        .list()
                        .ofMinSize(1)
                        .ofMaxSize(4));
    }

    @Property(tries = 300)
    void isReadBackAsItWasWritten(@ForAll("batches") List<List<Object>> batches) {
        try (var memory = new BatchMemory()) {
            var json = new JsonColumn("meta", Optional.empty());
            for (List<Object> values : batches) {
                assertThat(readBack(memory, json, values))
                        .isEqualTo(values.stream().map(AnyJsonTest::plain).toList());
            }
        }
    }

    /** Of one kind each, to which the values that it makes belong. */
    private static Arbitrary<Arbitrary<Object>> values(int depth) {
        Arbitrary<Arbitrary<Object>> scalars = Arbitraries.of(List.of(
                Arbitraries.longs().map(Object.class::cast),
                Arbitraries.doubles().map(Object.class::cast),
                Arbitraries.strings()
                        .ofMaxLength(8)
                        .filter(AnyJsonTest::isUnicode)
                        .map(Object.class::cast),
                Arbitraries.of(true, false).map(Object.class::cast)));
        if (depth == 0) {
            return scalars.map(AnyJsonTest::orNothing);
        }
        Arbitrary<Arbitrary<Object>> lists =
                values(depth - 1).map(element -> element.list().ofMaxSize(3).map(Object.class::cast));
        Arbitrary<Arbitrary<Object>> objects = Arbitraries.maps(
                        Arbitraries.of("a", "b", "ä", "z z", "𝔘", "\uFFFD"), values(depth - 1))
                .ofMaxSize(4)
                .map(AnyJsonTest::objects);
        return Arbitraries.oneOf(scalars, lists, objects).map(AnyJsonTest::orNothing);
    }

    private static Arbitrary<Object> orNothing(Arbitrary<Object> values) {
        return values.injectNull(0.2);
    }

    /** Each with some of the keys. */
    private static Arbitrary<Object> objects(Map<String, Arbitrary<Object>> fields) {
        List<String> names = List.copyOf(fields.keySet());
        Arbitrary<List<Object>> values =
                Combinators.combine(names.stream().map(fields::get).toList()).as(ArrayList::new);
        Arbitrary<Set<String>> present = Arbitraries.subsetOf(names);
        return Combinators.combine(values, present).as((all, kept) -> {
            Map<String, @Nullable Object> object = new LinkedHashMap<>();
            kept.forEach(name -> object.put(name, all.get(names.indexOf(name))));
            return object;
        });
    }

    private static boolean isUnicode(String text) {
        return UTF_8.newEncoder().canEncode(text);
    }

    private static List<@Nullable Object> readBack(BatchMemory memory, JsonColumn json, List<Object> values) {
        try (ChangeBatch batch = batch(memory, values)) {
            var bad = new BadRows(batch);
            json.learn(batch, 0, bad);
            bad.requireNone();
            List<@Nullable Object> read = new ArrayList<>();
            Optional<FieldVector> vector = json.type().map(type -> converted(batch, type));
            for (int row = 0; row < batch.rows(); row++) {
                int index = row;
                read.add(vector.map(present -> plain(present.getObject(index))).orElse(null));
            }
            return read;
        }
    }

    private static FieldVector converted(ChangeBatch batch, ColumnType type) {
        var conversion = new JsonConversion((VarCharVector) batch.vector(0), type, JsonConversion.Fields.KNOWN);
        ColumnBuilder column = batch.newColumn(new Column("meta", type));
        for (int row = 0; row < batch.rows(); row++) {
            conversion.append(row, column.values());
        }
        return column.build();
    }

    private static ChangeBatch batch(BatchMemory memory, List<Object> values) {
        Batches batches = Batches.of(memory, SCHEMA);
        for (int row = 0; row < values.size(); row++) {
            batches.row(new SourcePosition(IMAGES, row), Operation.CREATE, text(values.get(row)));
        }
        return batches.build();
    }

    private static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Comparable: numbers by value, and nothing in place of what has no values in it. */
    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof Map<?, ?> object) {
            Map<String, Object> plain = new LinkedHashMap<>();
            object.forEach((name, field) ->
                    Optional.ofNullable(plain(field)).ifPresent(present -> plain.put(String.valueOf(name), present)));
            return plain.isEmpty() ? null : plain;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> plain = new ArrayList<>();
            list.forEach(element -> plain.add(plain(element)));
            return plain.stream().allMatch(element -> element == null) ? null : plain;
        }
        if (value instanceof Number number) {
            return new BigDecimal(number.toString()).stripTrailingZeros();
        }
        return value instanceof Text text ? text.toString() : value;
    }
}
