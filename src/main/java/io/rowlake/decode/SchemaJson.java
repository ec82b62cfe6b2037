package io.rowlake.decode;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The JSON of a schema block, with errors that say what was expected where. */
final class SchemaJson {

    private static final ObjectReader READER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(JsonNode.class);

    private SchemaJson() {}

    /** The object that the bytes hold as UTF-8. */
    static JsonNode object(byte[] json, int offset, int length) {
        JsonNode node = value("schema", json, offset, length);
        if (!node.isObject()) {
            throw new SchemaException("schema must be a JSON object but was " + found(node));
        }
        return node;
    }

    /**
     * The value that the bytes hold as UTF-8.
     *
     * @param name what an error calls it
     */
    static JsonNode value(String name, byte[] json, int offset, int length) {
        try {
            return READER.readTree(json, offset, length);
        } catch (JsonProcessingException e) {
            throw new SchemaException(name + " must be JSON but was not: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + name + ", though it is in memory", e);
        }
    }

    /** What an error says was found: the value itself where it is short, else its kind. */
    static String found(JsonNode node) {
        return switch (node.getNodeType()) {
            case MISSING -> "absent";
            case STRING -> "'" + node.textValue() + "'";
            case OBJECT, POJO -> "an object";
            case ARRAY, BINARY, BOOLEAN, NULL, NUMBER -> node.toString();
        };
    }
}
