package io.rowlake.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowlake.decode.SourceType.Field;
import io.rowlake.decode.SourceType.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.json.JsonConverter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class ConnectJsonTypesTest {

    static List<ConnectTypeCase> cases() {
        return ConnectTypeCase.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void whatConnectsConverterWritesIsReadBack(ConnectTypeCase written) {
        try (var converter = new JsonConverter()) {
            converter.configure(Map.of("converter.type", "value"));

            SourceType type = read(converter.asJsonSchema(written.schema()).toString());

            assertThat(type).isEqualTo(written.type());
        }
    }

    @ParameterizedTest
    @CsvSource({"float32, FLOAT32", "float64, FLOAT64", "float, FLOAT32", "double, FLOAT64"})
    void bothSpellingsOfFloatingPointTypesAreKnown(String spelling, Kind kind) {
        assertThat(read("{\"type\":\"" + spelling + "\"}").kind()).isEqualTo(kind);
    }

    @Test
    void onlyTheGivenPartOfTheBytesIsRead() {
        byte[] event = "{\"schema\":{\"type\":\"int8\",\"name\":null},\"payload\":1}".getBytes(StandardCharsets.UTF_8);

        SourceType type = ConnectJsonTypes.read(event, 10, 27);

        assertThat(type).isEqualTo(new SourceType(Kind.INT8, Optional.empty(), Map.of(), List.of(), Optional.empty()));
    }

    @Test
    void fieldsKeepTheirOrder() {
        SourceType type = read("""
                {"type":"struct","fields":[{"field":"b","type":"int8"},{"field":"a","type":"string","optional":true}]}
                """);

        assertThat(type.fields()).extracting(Field::name).containsExactly("b", "a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'int128'}|type of the schema must be one of " + KNOWN + " but was 'int128'",
                "{'type':'struct','fields':[{'field':'a','type':'struct','fields':[{'field':'b'}]}]}"
                        + "|type of column 'a.b' must be one of " + KNOWN + " but was absent",
                "{'type':'array','items':{'type':7}}|type of column '[]' must be one of " + KNOWN + " but was 7",
                "{'type':'map','keys':{'type':'string'}}|type of column '[]' must be one of " + KNOWN
                        + " but was absent",
                "{'type':'struct'}|fields of the schema must be a list but was absent",
                "{'type':'struct','fields':{}}|fields of the schema must be a list but was an object",
                "{'type':'struct','fields':[{'field':'a','type':'int8'},{'field':'a','type':'int8'}]}"
                        + "|fields of the schema must have distinct names but two are 'a'",
                "{'type':'struct','fields':[{'type':'int8'}]}|fields of the schema must have names but one is empty",
                "[]|schema must be a JSON object but was []",
                "'x'|schema must be a JSON object but was 'x'",
                "{'type':'int8','type':'int8'}|schema must be JSON but was not: Duplicate field 'type' for `ObjectNode`:"
                        + " not allowed when `DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY` enabled",
            })
    void aSchemaThatCannotBeUnderstoodIsRefusedWithItsPlace(String json, String message) {
        assertThatThrownBy(() -> read(json.replace('\'', '"')))
                .isInstanceOf(SchemaException.class)
                .hasMessage(message);
    }

    private static final String KNOWN =
            "array, boolean, bytes, double, float, float32, float64, int16, int32, int64, int8, map, string, struct";

    private static SourceType read(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return ConnectJsonTypes.read(bytes, 0, bytes.length);
    }
}
