package io.rowlake.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowlake.decode.DecodeSettings.Deletes;
import io.rowlake.decode.DecodeSettings.EventFormat;
import io.rowlake.decode.DecodeSettings.FixedArrays;
import io.rowlake.decode.SourceType.Field;
import io.rowlake.decode.SourceType.Kind;
import io.rowlake.event.SourcePartition;
import io.rowlake.event.SourcePosition;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Structs, which bring their type along. */
final class StructSourceTest {

    private static final SourceType ROW = struct(
            new Field("id", of(Kind.INT32)),
            new Field(
                    "price",
                    new SourceType(
                            Kind.BYTES,
                            Optional.of("org.apache.kafka.connect.data.Decimal"),
                            Map.of("scale", "2"),
                            List.of(),
                            Optional.empty())),
            new Field("note", of(Kind.STRING)));
    private static final SourceType WIDER_ROW =
            struct(new Field("id", of(Kind.INT32)), new Field("more", of(Kind.FLOAT64)));
    private static final SourceType KEY = struct(new Field("id", of(Kind.INT32)));

    @Test
    void rowsHaveTheColumnsOfTheirType() {
        List<String> rows = decoded(
                record(key(1), values(ROW, 1, new BigDecimal("1.50"), "a")),
                record(key(2), values(ROW, 2, null, null)));

        assertThat(rows)
                .containsExactly(
                        "{\"op\":\"u\",\"ts\":1000,\"row\":{\"id\":1,\"price\":\"1.50\",\"note\":\"a\"}}",
                        "{\"op\":\"u\",\"ts\":1000,\"row\":{\"id\":2,\"price\":null,\"note\":null}}");
    }

    @Test
    void aNewTypeIsANewSchema() {
        List<String> rows = decoded(
                record(key(1), values(ROW, 1, null, "a")),
                record(key(2), values(WIDER_ROW, 2, Double.NaN)),
                record(key(3), values(ROW, 3, null, "b")));

        assertThat(rows)
                .containsExactly(
                        "{\"op\":\"u\",\"ts\":1000,\"row\":{\"id\":1,\"price\":null,\"note\":\"a\"}}",
                        "{\"op\":\"u\",\"ts\":1000,\"row\":{\"id\":2,\"more\":\"NaN\"}}",
                        "{\"op\":\"u\",\"ts\":1000,\"row\":{\"id\":3,\"price\":null,\"note\":\"b\"}}");
    }

    @Test
    void envelopesHaveTheColumnsOfTheirAfterImage() {
        SourceType envelope = struct(
                new Field("before", ROW),
                new Field("after", ROW),
                new Field("op", of(Kind.STRING)),
                new Field("ts_ms", of(Kind.INT64)));

        List<String> rows = decoded(
                record(key(1), values(envelope, null, values(ROW, 1, null, "a"), "c", 5L)),
                record(key(1), values(envelope, values(ROW, 1, null, "a"), null, "d", 6L)),
                record(key(1), Optional.empty()));

        assertThat(rows)
                .containsExactly(
                        "{\"op\":\"c\",\"ts\":5,\"row\":{\"id\":1,\"price\":null,\"note\":\"a\"}}",
                        "{\"op\":\"d\",\"ts\":6,\"row\":{\"id\":1,\"price\":null,\"note\":null}}",
                        "{\"op\":\"d\",\"ts\":1000,\"row\":{\"id\":1,\"price\":null,\"note\":null}}");
    }

    private static List<String> decoded(RawRecord... records) {
        var settings = new DecodeSettings(EventFormat.AUTO, Deletes.KEEP, FixedArrays.LIST, Optional.empty());
        try (RecordingTarget target = RecordingTarget.unbounded()) {
            var decoder = new TopicDecoder(settings, target);
            for (RawRecord record : records) {
                decoder.decode(record);
            }
            return List.copyOf(target.rows());
        }
    }

    private static Payload key(int id) {
        return new Payload.Tree(values(KEY, id));
    }

    private static RawRecord record(Payload key, Fields value) {
        return record(key, Optional.of(value));
    }

    private static RawRecord record(Payload key, Optional<Fields> value) {
        var position = new SourcePosition(new SourcePartition("images", 0), 17);
        Payload payload = value.<Payload>map(Payload.Tree::new).orElse(Payload.Absent.ABSENT);
        return new RawRecord("images", position, 1000, key, payload);
    }

    private static Fields values(SourceType type, @Nullable Object... values) {
        return new Values(type, Arrays.asList(values));
    }

    private static SourceType of(Kind kind) {
        return new SourceType(kind, Optional.empty(), Map.of(), List.of(), Optional.empty());
    }

    private static SourceType struct(Field... fields) {
        return new SourceType(Kind.STRUCT, Optional.empty(), Map.of(), List.of(fields), Optional.empty());
    }

    private record Values(SourceType struct, List<@Nullable Object> values) implements Fields {

        @Override
        public Optional<SourceType> type() {
            return Optional.of(struct);
        }

        @Override
        public List<String> names() {
            return struct.fields().stream().map(Field::name).toList();
        }

        @Override
        public @Nullable Object value(int index) {
            return values.get(index);
        }

        @Override
        public int indexOf(String name) {
            return names().indexOf(name);
        }
    }
}
