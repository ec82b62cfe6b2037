package io.rowlake.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowlake.decode.Fields;
import io.rowlake.decode.SourceType;
import io.rowlake.event.SourcePartition;
import io.rowlake.event.SourcePosition;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class StructFieldsTest {

    private static final SourcePosition POSITION = new SourcePosition(new SourcePartition("images", 0), 4711);
    private static final Schema BOX = SchemaBuilder.struct()
            .field("x", Schema.OPTIONAL_INT32_SCHEMA)
            .optional()
            .build();

    private final SchemaTranslator schemas = new SchemaTranslator();

    @Test
    void valuesStandInTheOrderOfTheSchema() {
        Schema schema = SchemaBuilder.struct()
                .field("label", Schema.STRING_SCHEMA)
                .field("width", Schema.OPTIONAL_INT64_SCHEMA)
                .field("ratio", SchemaBuilder.float64().defaultValue(1.0).build())
                .build();

        Fields fields = fields(new Struct(schema).put("label", "cat"));

        assertThat(fields.names()).containsExactly("label", "width", "ratio");
        assertThat(values(fields)).containsExactly("cat", null, 1.0);
    }

    @Test
    void aFieldIsFoundByItsName() {
        Schema schema = SchemaBuilder.struct()
                .field("label", Schema.STRING_SCHEMA)
                .field("width", Schema.INT64_SCHEMA)
                .build();

        Fields fields = fields(new Struct(schema));

        assertThat(List.of(fields.indexOf("label"), fields.indexOf("width"), fields.indexOf("Label")))
                .containsExactly(0, 1, -1);
    }

    @Test
    void logicalValuesStayAsConnectMadeThem() {
        Schema schema = SchemaBuilder.struct()
                .field("at", Timestamp.SCHEMA)
                .field("price", Decimal.schema(2))
                .field("bytes", Schema.BYTES_SCHEMA)
                .build();
        byte[] bytes = {1, 2};
        Struct struct = new Struct(schema)
                .put("at", Timestamp.toLogical(Timestamp.SCHEMA, 5))
                .put("price", new BigDecimal("1.50"))
                .put("bytes", bytes);

        List<@Nullable Object> values = values(fields(struct));

        assertThat(values).containsExactly(Timestamp.toLogical(Timestamp.SCHEMA, 5), new BigDecimal("1.50"), bytes);
    }

    @Test
    void structsInStructsListsAndMapsAreFieldsWithTheirType() {
        Schema schema = SchemaBuilder.struct()
                .field("one", BOX)
                .field("many", SchemaBuilder.array(BOX).build())
                .field("named", SchemaBuilder.map(Schema.STRING_SCHEMA, BOX).build())
                .build();
        Struct box = new Struct(BOX).put("x", 7);
        Fields fields = fields(new Struct(schema)
                .put("one", box)
                .put("many", Arrays.asList(box, null))
                .put("named", Map.of("left", box)));

        List<@Nullable Object> values = values(fields);

        SourceType type = schemas.type(BOX, POSITION);
        assertThat(values.stream().map(StructFieldsTest::plain))
                .containsExactly(
                        Map.of(type, List.of(7)),
                        Arrays.asList(Map.of(type, List.of(7)), null),
                        Map.of("left", Map.of(type, List.of(7))));
    }

    @Test
    void aListOfPlainValuesIsNotCopied() {
        Schema schema = SchemaBuilder.struct()
                .field("tags", SchemaBuilder.array(Schema.STRING_SCHEMA).build())
                .build();
        List<String> tags = List.of("a", "b");

        Object value = fields(new Struct(schema).put("tags", tags)).value(0);

        assertThat(value).isSameAs(tags);
    }

    @Test
    void keysOfMapsBecomeTextInTheirOrder() {
        Schema schema = SchemaBuilder.struct()
                .field(
                        "scores",
                        SchemaBuilder.map(Schema.INT32_SCHEMA, Schema.OPTIONAL_FLOAT64_SCHEMA)
                                .build())
                .build();
        var scores = new LinkedHashMap<Integer, @Nullable Double>();
        scores.put(2, 0.5);
        scores.put(1, null);
        var texts = new LinkedHashMap<String, @Nullable Double>();
        texts.put("2", 0.5);
        texts.put("1", null);

        Object value = fields(new Struct(schema).put("scores", scores)).value(0);

        assertThat(value).isEqualTo(texts).hasToString("{2=0.5, 1=null}");
    }

    private Fields fields(Struct struct) {
        return new StructFields(struct, schemas.type(struct.schema(), POSITION));
    }

    private static List<@Nullable Object> values(Fields fields) {
        var values = new ArrayList<@Nullable Object>();
        for (int i = 0; i < fields.names().size(); i++) {
            values.add(fields.value(i));
        }
        return values;
    }

    /** Fields as a map of their type to their values, so that they can be compared. */
    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof Fields fields) {
            return Map.of(fields.type().orElseThrow(), values(fields));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(StructFieldsTest::plain).toList();
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, entry -> Objects.requireNonNull(plain(entry.getValue()))));
        }
        return value;
    }
}
