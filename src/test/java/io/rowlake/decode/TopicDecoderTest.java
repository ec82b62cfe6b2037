package io.rowlake.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowlake.batch.BatchFullException;
import io.rowlake.decode.DecodeSettings.Deletes;
import io.rowlake.decode.DecodeSettings.EventFormat;
import io.rowlake.decode.DecodeSettings.FixedArrays;
import io.rowlake.decode.TopicDecoder.Outcome;
import io.rowlake.event.Column;
import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.DecimalType;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.MalformedEventException;
import io.rowlake.event.SourcePartition;
import io.rowlake.event.SourcePosition;
import io.rowlake.event.TableSchema;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TopicDecoderTest {

    private static final String SCHEMA = """
            {"primary_key": ["label"], "columns": {"label": {"_classname": "StringType"}}}""";

    private static final DecodeSettings SETTINGS =
            new DecodeSettings(EventFormat.AUTO, Deletes.KEEP, FixedArrays.LIST, Optional.empty());

    @Test
    void wrongBytesAreNamedByTheirOffset() {
        try (RecordingTarget target = RecordingTarget.unbounded()) {
            byte[] json = "{\"label\": \"x\"}".getBytes(UTF_8);
            json[11] = (byte) 0xC3;

            assertThatThrownBy(() -> decoder(target).decode(record(new Payload.JsonBytes(json))))
                    .isInstanceOf(MalformedEventException.class)
                    .hasMessage("Cannot decode event at images-0@17: the value must be UTF-8 but is not at byte 11");
        }
    }

    @Test
    void textWithAnUnpairedSurrogateIsBad() {
        try (RecordingTarget target = RecordingTarget.unbounded()) {
            assertThatThrownBy(() -> decoder(target).decode(record(new Payload.Text("{\"label\": \"\uD800\"}"))))
                    .isInstanceOf(MalformedEventException.class)
                    .hasMessage("Cannot decode event at images-0@17:"
                            + " the value must be Unicode text but has the unpaired surrogate U+D800");
        }
    }

    @Test
    void aBadRowLeavesNothingBehind() {
        try (RecordingTarget target = RecordingTarget.unbounded()) {
            TopicDecoder decoder = decoder(target);
            decoder.decode(json("{\"a\": 1, \"b\": \"x\"}"));

            assertThatThrownBy(() -> decoder.decode(json("{\"a\": 2, \"b\": 5}")))
                    .isInstanceOf(MalformedEventException.class);
            decoder.decode(json("{\"b\": \"y\"}"));

            assertThat(target.rows())
                    .containsExactly(
                            "{\"op\":\"u\",\"ts\":1000,\"row\":{\"a\":1,\"b\":\"x\"}}",
                            "{\"op\":\"u\",\"ts\":1000,\"row\":{\"a\":null,\"b\":\"y\"}}");
        }
    }

    @Test
    void aRowThatFoundTheBatchFullIsReadAgainIntoTheNext() {
        try (RecordingTarget target = new RecordingTarget(Optional.empty(), 1500)) {
            TopicDecoder decoder = decoder(target);
            RawRecord record = json(
                    "{\"op\": \"c\", \"after\": {\"label\": \"" + "x".repeat(200) + "\"}, \"schema\": " + SCHEMA + "}");
            int rows = 0;
            boolean full = false;
            while (!full) {
                try {
                    decoder.decode(record);
                    rows++;
                } catch (BatchFullException e) {
                    full = true;
                }
            }
            target.finishBatch();

            Outcome outcome = decoder.decode(record);

            assertThat(outcome).isEqualTo(Outcome.APPENDED);
            assertThat(target.rows())
                    .hasSize(rows + 1)
                    .containsOnly("{\"op\":\"c\",\"ts\":1000,\"row\":{\"label\":\"" + "x".repeat(200) + "\"}}");
        }
    }

    @Test
    void aBuiltBatchIsNotTouchedAgain() {
        var settings = new DecodeSettings(EventFormat.AUTO, Deletes.IGNORE, FixedArrays.LIST, Optional.empty());
        try (RecordingTarget target = RecordingTarget.unbounded()) {
            var decoder = new TopicDecoder(settings, target);
            decoder.decode(json("{\"a\": [1]}"));
            target.finishBatch();

            Outcome outcome = decoder.decode(record(Payload.Absent.ABSENT));

            assertThat(outcome).isEqualTo(Outcome.IGNORED_DELETE);
            assertThatThrownBy(() -> decoder.decode(json("")))
                    .hasMessage("Cannot decode event at images-0@17: the value must be a JSON object but is empty");
        }
    }

    @Test
    void aBlockThatSaysTheSameInOtherBytesChangesNothing() {
        try (RecordingTarget target = RecordingTarget.unbounded()) {
            TopicDecoder decoder = decoder(target);
            decoder.decode(json("{\"op\": \"c\", \"after\": {\"label\": \"a\"}, \"schema\": " + SCHEMA + "}"));
            decoder.decode(json("{\"op\": \"c\", \"after\": {\"label\": \"b\"}, \"schema\": " + SCHEMA + " }"));
            decoder.decode(json(
                    "{\"op\": \"c\", \"after\": {\"label\": \"c\"}, \"schema\": " + SCHEMA.replace(" ", "") + "}"));

            assertThat(target.rows()).hasSize(3);
            assertThat(target.schemas())
                    .containsExactly(new TableSchema(List.of(new Column("label", Scalar.STRING)), List.of("label")));
        }
    }

    @Test
    void columnsOfTheDestinationKeepTheirType() {
        var destination = new TableSchema(
                List.of(new Column("at", Scalar.TIMESTAMP), new Column("price", new DecimalType(9, 2))), List.of());
        try (RecordingTarget target = new RecordingTarget(Optional.of(destination), Long.MAX_VALUE)) {
            TopicDecoder decoder = decoder(target);

            decoder.decode(json("{\"at\": \"1970-01-01T00:00:01Z\", \"price\": 1.5, \"more\": true}"));

            assertThat(target.rows())
                    .containsExactly(
                            "{\"op\":\"u\",\"ts\":1000,\"row\":{\"at\":1000000,\"price\":\"1.50\",\"more\":true}}");
        }
    }

    @Test
    void aRowWithoutValuesGoesToADestinationThatHasColumns() {
        var destination = new TableSchema(List.of(new Column("a", Scalar.INT)), List.of());
        try (RecordingTarget target = new RecordingTarget(Optional.of(destination), Long.MAX_VALUE)) {
            decoder(target).decode(json("{\"a\": null}"));

            assertThat(target.rows()).containsExactly("{\"op\":\"u\",\"ts\":1000,\"row\":{\"a\":null}}");
        }
    }

    @ParameterizedTest
    @CsvSource({"INT, LONG", "FLOAT, DOUBLE"})
    void columnsMayBeWiderThanTheSource(Scalar source, Scalar column) {
        ValueForm form = new ValueForm.Atom(source, ValueForm.Encoding.PLAIN);

        assertThat(new ValueReaders().reader(form, column)).isEqualTo(new ValueReaders().reader(plain(column), column));
    }

    @Test
    void aColumnThatCannotTakeItsValuesIsNamed() {
        assertThatThrownBy(() -> new ValueReaders().reader(plain(Scalar.INT), new ColumnType.ListType(Scalar.INT)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot read values of type int into a column of type list<int>:"
                        + " pin the type of the column, or take another destination");
    }

    private static ValueForm plain(Scalar type) {
        return new ValueForm.Atom(type, ValueForm.Encoding.PLAIN);
    }

    private static TopicDecoder decoder(RowTarget target) {
        return new TopicDecoder(SETTINGS, target);
    }

    private static RawRecord json(String text) {
        return record(new Payload.JsonBytes(text.getBytes(UTF_8)));
    }

    private static RawRecord record(Payload value) {
        var position = new SourcePosition(new SourcePartition("images", 0), 17);
        return new RawRecord("images", position, 1000, Payload.Absent.ABSENT, value);
    }
}
