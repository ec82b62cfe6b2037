package io.rowlake.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.rowlake.decode.DecodeSettings.Deletes;
import io.rowlake.decode.DecodeSettings.EventFormat;
import io.rowlake.decode.DecodeSettings.FixedArrays;
import io.rowlake.event.MalformedEventException;
import io.rowlake.event.SourcePartition;
import io.rowlake.event.SourcePosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** JSON bytes, which take the fast path, become what the same JSON as text becomes, which takes the standard path. */
final class PlainJsonTest {

    private static final int RECORDS = 40;
    private static final int RECORD_MILLIS = 1000;

    @Property(tries = 150, shrinking = ShrinkingMode.OFF)
    void bytesBecomeWhatTextBecomesWithAPinnedSchema(@ForAll long seed) {
        SourceSchema pinned = PixeltableSchemas.parse(RandomJson.SCHEMA, FixedArrays.LIST);
        List<byte[]> values = values(seed);

        assertThat(decoded(values, Optional.of(pinned), Payload.JsonBytes::new))
                .isEqualTo(decoded(values, Optional.of(pinned), PlainJsonTest::text));
    }

    @Property(tries = 100, shrinking = ShrinkingMode.OFF)
    void bytesBecomeWhatTextBecomesWithAnInferredSchema(@ForAll long seed) {
        List<byte[]> values = values(seed);

        assertThat(decoded(values, Optional.empty(), Payload.JsonBytes::new))
                .isEqualTo(decoded(values, Optional.empty(), PlainJsonTest::text));
    }

    /** Text can't hold what is no UTF-8; such bytes take the standard path in any case. */
    private static List<byte[]> values(long seed) {
        var json = new RandomJson(new Random(seed));
        List<byte[]> values = new ArrayList<>();
        while (values.size() < RECORDS) {
            byte[] value = json.value();
            if (Utf8.firstInvalid(value) == Utf8.VALID) {
                values.add(value);
            }
        }
        return values;
    }

    private static Payload text(byte[] json) {
        return new Payload.Text(new String(json, UTF_8));
    }

    /** Each record's outcome, and all rows. */
    private static List<String> decoded(
            List<byte[]> values, Optional<SourceSchema> pinned, Function<byte[], Payload> payload) {
        var settings = new DecodeSettings(EventFormat.AUTO, Deletes.KEEP, FixedArrays.LIST, pinned);
        List<String> decoded = new ArrayList<>();
        try (RecordingTarget target = RecordingTarget.unbounded()) {
            var decoder = new TopicDecoder(settings, target);
            var partition = new SourcePartition("images", 0);
            for (byte[] value : values) {
                var position = new SourcePosition(partition, decoded.size());
                decoded.add(outcome(
                        decoder,
                        new RawRecord(
                                "images", position, RECORD_MILLIS, new Payload.Text("key"), payload.apply(value))));
            }
            decoded.addAll(target.rows());
        }
        return decoded;
    }

    private static String outcome(TopicDecoder decoder, RawRecord record) {
        try {
            return decoder.decode(record).name();
        } catch (MalformedEventException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
