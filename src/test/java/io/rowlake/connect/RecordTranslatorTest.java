package io.rowlake.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowlake.decode.Fields;
import io.rowlake.decode.Payload;
import io.rowlake.decode.Payload.Absent;
import io.rowlake.decode.Payload.JsonBytes;
import io.rowlake.decode.Payload.Single;
import io.rowlake.decode.Payload.Text;
import io.rowlake.decode.Payload.Tree;
import io.rowlake.decode.RawRecord;
import io.rowlake.decode.SourceType;
import io.rowlake.decode.SourceType.Kind;
import io.rowlake.event.MalformedEventException;
import io.rowlake.event.SourcePartition;
import io.rowlake.event.SourcePosition;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class RecordTranslatorTest {

    private static final byte[] JSON = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
    private static final SourceType INT64 =
            new SourceType(Kind.INT64, Optional.empty(), Map.of(), List.of(), Optional.empty());

    private final RecordTranslator translator = new RecordTranslator();

    @Test
    void aRecordKeepsThePlaceThatItHasInTheBroker() {
        SinkRecord record = new SinkRecord(
                        "images", 3, null, "key", null, JSON, 4711, 1_782_000_000_123L, TimestampType.CREATE_TIME)
                .newRecord("renamed", 5, null, "key", null, JSON, 1_782_000_000_123L);

        RawRecord translated = translator.translate(record);

        assertThat(translated)
                .isEqualTo(new RawRecord(
                        "renamed",
                        new SourcePosition(new SourcePartition("images", 3), 4711),
                        1_782_000_000_123L,
                        new Text("key"),
                        new JsonBytes(JSON)));
    }

    @Test
    void aRecordWithoutTimestampIsOf1970() {
        SinkRecord record =
                new SinkRecord("images", 0, null, null, null, null, 0, null, TimestampType.NO_TIMESTAMP_TYPE);

        assertThat(translator.translate(record).timestampMillis()).isZero();
    }

    @Test
    void aRecordWithoutKeyAndValueHasNeither() {
        RawRecord translated = translator.translate(record(null, null));

        assertThat(List.of(translated.key(), translated.value())).containsOnly(Absent.ABSENT);
    }

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of(null, "text", new Text("text")),
                Arguments.of(Schema.BYTES_SCHEMA, JSON, new JsonBytes(JSON)),
                Arguments.of(null, 7L, new Single(7L, Optional.empty())),
                Arguments.of(Schema.OPTIONAL_INT64_SCHEMA, 7L, new Single(7L, Optional.of(INT64))),
                Arguments.of(null, List.of(1, 2), new Single(List.of(1, 2), Optional.empty())));
    }

    @ParameterizedTest
    @MethodSource("values")
    void aValueIsOfThePayloadOfItsClass(@Nullable Schema schema, Object value, Payload payload) {
        assertThat(translator.translate(record(schema, value)).value()).isEqualTo(payload);
    }

    @Test
    void whatRemainsOfABufferIsTakenAndTheBufferLeftAsItWas() {
        ByteBuffer buffer = ByteBuffer.wrap("xx{}x".getBytes(StandardCharsets.UTF_8), 2, 2);

        Payload payload = translator.translate(record(null, buffer)).value();

        assertThat(((JsonBytes) payload).bytes()).containsExactly('{', '}');
        assertThat(buffer.remaining()).isEqualTo(2);
    }

    @Test
    void structsOfEqualSchemasHaveOneType() {
        SinkRecord first = record(null, new Struct(row()).put("id", 1L));
        SinkRecord second = record(null, new Struct(row()).put("id", 2L));

        List<Fields> fields = Stream.of(first, second)
                .map(record -> ((Tree) translator.translate(record).value()).fields())
                .toList();

        assertThat(fields).extracting(row -> row.value(0)).containsExactly(1L, 2L);
        assertThat(fields.get(0).type().orElseThrow())
                .isSameAs(fields.get(1).type().orElseThrow());
    }

    @Test
    void whatConnectsConverterMakesOfJsonWithoutSchemaIsATree() {
        Fields fields = tree(converted("{\"id\":1,\"tags\":[\"x\"],\"box\":{\"x\":null}}"));

        assertThat(fields.type()).isEmpty();
        assertThat(List.of(
                        fields.value(fields.indexOf("id")),
                        fields.value(fields.indexOf("tags")),
                        fields.value(fields.indexOf("box"))))
                .containsExactly(1L, List.of("x"), Collections.singletonMap("x", null));
    }

    @Test
    void aMapWithASchemaIsATreeWhoseValuesAreConverted() {
        Schema schema = SchemaBuilder.map(Schema.STRING_SCHEMA, row()).build();

        Fields fields = tree(record(schema, Map.of("left", new Struct(row()).put("id", 1L))));

        assertThat(fields.value(0))
                .isInstanceOfSatisfying(
                        Fields.class, left -> assertThat(left.value(0)).isEqualTo(1L));
    }

    @Test
    void aListWithASchemaIsASingleValueWhoseElementsAreConverted() {
        Schema schema = SchemaBuilder.array(row()).build();

        Payload payload = translator
                .translate(record(schema, List.of(new Struct(row()).put("id", 1L))))
                .value();

        assertThat((List<?>) ((Single) payload).value())
                .extracting(element -> ((Fields) element).value(0))
                .containsExactly(1L);
    }

    static Stream<Arguments> unusable() {
        Schema numbered =
                SchemaBuilder.map(Schema.INT32_SCHEMA, Schema.STRING_SCHEMA).build();
        String keys = "keys of a map must be strings, since they name columns, but one is ";
        return Stream.of(
                Arguments.of(null, Map.of(1, "a"), keys + "of java.lang.Integer"),
                Arguments.of(numbered, Map.of(1, "a"), keys + "of java.lang.Integer"),
                Arguments.of(null, Map.of("a", List.of(Map.of(1L, "a"))), keys + "of java.lang.Long"),
                Arguments.of(null, List.of(Collections.singletonMap(null, "a")), keys + "null"),
                Arguments.of(
                        null,
                        Map.of("a", new Struct(row())),
                        "a value without a schema holds a struct, which has one; a transformation that makes structs"
                                + " must give the whole record a schema"));
    }

    @ParameterizedTest
    @MethodSource("unusable")
    void aValueThatNamesNoColumnsIsRefused(@Nullable Schema schema, Object value, String reason) {
        assertThatThrownBy(() -> translator.translate(record(schema, value)))
                .isInstanceOf(MalformedEventException.class)
                .hasMessage("Cannot decode event at images-0@4711: " + reason);
    }

    private Fields tree(SinkRecord record) {
        return ((Tree) translator.translate(record).value()).fields();
    }

    private static SinkRecord converted(String json) {
        try (var converter = new JsonConverter()) {
            converter.configure(Map.of("converter.type", "value", "schemas.enable", "false"));
            SchemaAndValue value = converter.toConnectData("images", json.getBytes(StandardCharsets.UTF_8));
            return record(value.schema(), value.value());
        }
    }

    private static Schema row() {
        return SchemaBuilder.struct().field("id", Schema.INT64_SCHEMA).build();
    }

    private static SinkRecord record(@Nullable Schema schema, @Nullable Object value) {
        return new SinkRecord("images", 0, null, null, schema, value, 4711);
    }
}
