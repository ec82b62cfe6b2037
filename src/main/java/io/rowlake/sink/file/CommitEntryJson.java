package io.rowlake.sink.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rowlake.event.SourcePartition;
import java.io.IOException;

/** Commit entries as JSON text, of which this is version 1. */
final class CommitEntryJson {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int VERSION = 1;

    private CommitEntryJson() {}

    static byte[] write(CommitEntry entry) {
        var json = MAPPER.createObjectNode()
                .put("version", VERSION)
                .put("topic", entry.partition().topic())
                .put("partition", entry.partition().partition())
                .put("start", entry.start())
                .put("end", entry.end())
                .put("rows", entry.rows())
                .put("bytes", entry.bytes())
                .put("sha256", entry.sha256())
                .put("writer", entry.writer())
                .put("schema", entry.schema())
                .put("file", entry.file());
        try {
            return MAPPER.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write a commit entry as JSON", e);
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IllegalArgumentException if the text is no commit entry; the message says what is wrong with it
     */
    static CommitEntry read(byte[] text) {
        JsonNode json = parse(text);
        JsonNode version = json.path("version");
        if (version.asInt() != VERSION) {
            throw new IllegalArgumentException("it must have version " + VERSION + " but has " + version);
        }
        return new CommitEntry(
                new SourcePartition(text(json, "topic"), Math.toIntExact(number(json, "partition"))),
                number(json, "start"),
                number(json, "end"),
                number(json, "rows"),
                number(json, "bytes"),
                text(json, "sha256"),
                text(json, "writer"),
                text(json, "schema"),
                text(json, "file"));
    }

    private static JsonNode parse(byte[] text) {
        try {
            return MAPPER.readTree(text);
        } catch (IOException e) {
            throw new IllegalArgumentException("it is not valid JSON", e);
        }
    }

    private static String text(JsonNode json, String name) {
        JsonNode value = json.path(name);
        if (!value.isTextual()) {
            throw new IllegalArgumentException("'" + name + "' must be a text but was " + value);
        }
        return value.textValue();
    }

    private static long number(JsonNode json, String name) {
        JsonNode value = json.path(name);
        if (!value.canConvertToLong() || !value.isIntegralNumber()) {
            throw new IllegalArgumentException("'" + name + "' must be a whole number but was " + value);
        }
        return value.longValue();
    }
}
