package io.rowlake.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.rowlake.decode.Payload;
import io.rowlake.decode.RawRecord;
import io.rowlake.event.SourcePosition;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One line of a file of events as a record: an object of exactly {@code key} and {@code value}, or the value alone. */
final class EventLine {

    private static final JsonFactory JSON = new JsonFactory();

    private @Nullable Payload key;
    private @Nullable Payload value;

    private EventLine() {}

    static RawRecord record(byte[] text, SourcePosition position, long timestampMillis) {
        var line = new EventLine();
        Payload noKey = Payload.Absent.ABSENT;
        if (line.readKeyed(text) && line.key != null && line.value != null) {
            return new RawRecord(position.partition().topic(), position, timestampMillis, line.key, line.value);
        }
        return new RawRecord(
                position.partition().topic(), position, timestampMillis, noKey, new Payload.JsonBytes(text));
    }

    /** Leaves what is no JSON to the decoder, which says what is wrong. */
    private boolean readKeyed(byte[] text) {
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                if (!take(parser, text)) {
                    return false;
                }
            }
            return parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null;
        } catch (IOException malformed) {
            return false;
        }
    }

    private boolean take(JsonParser parser, byte[] text) throws IOException {
        String name = parser.currentName();
        if (name.equals("key") && key == null) {
            key = payload(parser, text);
            return true;
        }
        if (name.equals("value") && value == null) {
            value = payload(parser, text);
            return true;
        }
        return false;
    }

    /** The bytes as they are, so that no number loses a digit. */
    private static Payload payload(JsonParser parser, byte[] text) throws IOException {
        if (parser.nextToken() == JsonToken.VALUE_NULL) {
            return Payload.Absent.ABSENT;
        }
        int start = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        int end = (int) parser.currentLocation().getByteOffset();
        return new Payload.JsonBytes(Arrays.copyOfRange(text, start, end));
    }
}
