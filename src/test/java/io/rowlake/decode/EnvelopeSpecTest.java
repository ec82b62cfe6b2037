package io.rowlake.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rowlake.decode.DecodeSettings.Deletes;
import io.rowlake.decode.DecodeSettings.EventFormat;
import io.rowlake.decode.DecodeSettings.FixedArrays;
import io.rowlake.event.MalformedEventException;
import io.rowlake.event.SourcePartition;
import io.rowlake.event.SourcePosition;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every case of envelopes/*.json, by every carrier that can express it. */
final class EnvelopeSpecTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final long RECORD_MILLIS = 1000;

    private enum CarrierOfCase {
        BYTES,
        TEXT,
        MAP
    }

    static Stream<Arguments> cases() throws IOException {
        List<Arguments> arguments = new ArrayList<>();
        for (String file : List.of("envelope", "debezium", "row", "auto", "deletes", "values", "schemas", "broken")) {
            try (InputStream in = EnvelopeSpecTest.class.getResourceAsStream("/envelopes/" + file + ".json")) {
                for (JsonNode spec : MAPPER.readTree(in)) {
                    for (CarrierOfCase carrier : carriers(spec)) {
                        arguments.add(Arguments.of(file + "/" + spec.get("id").asText(), carrier, spec));
                    }
                }
            }
        }
        return arguments.stream();
    }

    /** Values given as text, and keys marked as JSON text, are what no map can express. */
    private static List<CarrierOfCase> carriers(JsonNode spec) {
        boolean onlyText = spec.path("records").findValue("text") != null || spec.has("json-key");
        return onlyText ? List.of(CarrierOfCase.BYTES, CarrierOfCase.TEXT) : List.of(CarrierOfCase.values());
    }

    @ParameterizedTest(name = "{0} as {1}")
    @MethodSource("cases")
    void isDecodedAsSpecified(String id, CarrierOfCase carrier, JsonNode spec) throws IOException {
        try (RecordingTarget target = RecordingTarget.unbounded()) {
            var decoder = new TopicDecoder(settings(spec.path("settings")), target);
            List<String> outcomes = new ArrayList<>();
            long offset = 0;
            for (JsonNode entry : spec.get("records")) {
                outcomes.add(outcome(decoder, record(entry, carrier, offset)));
                offset++;
            }

            List<String> rows = target.rows();

            assertThat(described(outcomes, rows)).as(spec.get("why").asText()).isEqualTo(expected(spec));
        }
    }

    private static String outcome(TopicDecoder decoder, RawRecord record) {
        try {
            return decoder.decode(record).name();
        } catch (MalformedEventException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** Each record's outcome, where a row was appended the row. */
    private static List<JsonNode> described(List<String> outcomes, List<String> rows) throws IOException {
        List<JsonNode> described = new ArrayList<>();
        int row = 0;
        for (String outcome : outcomes) {
            if (outcome.equals("APPENDED")) {
                described.add(MAPPER.readTree(rows.get(row)));
                row++;
            } else {
                described.add(MAPPER.getNodeFactory().textNode(outcome));
            }
        }
        return described;
    }

    private static List<JsonNode> expected(JsonNode spec) {
        List<JsonNode> expected = new ArrayList<>();
        spec.get("expected").forEach(expected::add);
        return expected;
    }

    private static DecodeSettings settings(JsonNode node) {
        Optional<SourceSchema> schema = node.has("schema")
                ? Optional.of(PixeltableSchemas.parse(node.get("schema").toString(), FixedArrays.LIST))
                : Optional.empty();
        return new DecodeSettings(
                EventFormat.valueOf(node.path("format").asText("AUTO")),
                Deletes.valueOf(node.path("deletes").asText("IGNORE")),
                FixedArrays.LIST,
                schema);
    }

    private static RawRecord record(JsonNode entry, CarrierOfCase carrier, long offset) {
        var position = new SourcePosition(new SourcePartition("images", 0), offset);
        return new RawRecord(
                "images",
                position,
                RECORD_MILLIS,
                payload(entry, "key", carrier),
                payload(entry, entry.has("text") ? "text" : "value", carrier));
    }

    private static Payload payload(JsonNode entry, String field, CarrierOfCase carrier) {
        JsonNode node = entry.get(field);
        if (node == null) {
            return Payload.Absent.ABSENT;
        }
        boolean bare = node.isTextual() && (field.equals("text") || field.equals("key"));
        String text = bare ? node.asText() : node.toString();
        return switch (carrier) {
            case BYTES -> new Payload.JsonBytes(text.getBytes(UTF_8));
            case TEXT -> new Payload.Text(text);
            case MAP -> tree(node);
        };
    }

    private static Payload tree(JsonNode node) {
        Object object = MAPPER.convertValue(node, Object.class);
        return object instanceof Map<?, ?> map
                ? new Payload.Tree(MapFields.of(map))
                : new Payload.Single(object, Optional.empty());
    }
}
