package io.rowlake.shape;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.OptionalInt;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.util.ReusableByteArray;

/** Reads the JSON texts of a column. */
final class JsonTexts {

    /** The texts were bounded when they were read; what was let in then must not stop the task here. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            // Keys of JSON values are the user's data, and must not fill the JVM's table of interned strings.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final VarCharVector texts;
    private final ReusableByteArray bytes = new ReusableByteArray();

    JsonTexts(VarCharVector texts) {
        this.texts = texts;
    }

    boolean isNull(int row) {
        return texts.isNull(row);
    }

    /** Reads a text from its first token on. */
    void read(int row, Reading reading) {
        texts.read(row, bytes);
        read(bytes.getBuffer(), (int) bytes.getLength(), reading);
    }

    /** Reads the text that the first bytes of an array are. */
    static void read(byte[] json, int length, Reading reading) {
        try (JsonParser parser = JSON.createParser(json, 0, length)) {
            parser.nextToken();
            reading.read(parser);
        } catch (JsonProcessingException e) {
            throw new MisfitException("must be JSON but " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the JSON of a batch, though it is in memory", e);
        }
    }

    /** Writes JSON without white space between tokens. */
    static JsonGenerator generator(OutputStream target) throws IOException {
        return JSON.createGenerator(target);
    }

    /** The value that the parser is at, as JSON with numbers as they were written. The parser goes to its end. */
    static byte[] copy(JsonParser parser) throws IOException {
        var copy = new ByteArrayOutputStream();
        try (JsonGenerator generator = JSON.createGenerator(copy)) {
            int depth = copyToken(parser, generator);
            while (depth > 0) {
                parser.nextToken();
                depth += copyToken(parser, generator);
            }
        }
        return copy.toByteArray();
    }

    /** By how much the next token is deeper. */
    private static int copyToken(JsonParser parser, JsonGenerator generator) throws IOException {
        JsonToken token = parser.currentToken();
        if (token.isNumeric()) {
            generator.writeNumber(parser.getText());
            return 0;
        }
        if (token == JsonToken.VALUE_STRING) {
            requireUnicode(parser.getText());
        }
        generator.copyCurrentEvent(parser);
        if (token.isStructStart()) {
            return 1;
        }
        return token.isStructEnd() ? -1 : 0;
    }

    /** An escape can stand for half a character, which no text in UTF-8 has. */
    private static void requireUnicode(String text) {
        OptionalInt unpaired = text.codePoints()
                .filter(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)
                .findFirst();
        if (unpaired.isPresent()) {
            throw new MisfitException("must be Unicode text but has the unpaired surrogate U+"
                    + Integer.toHexString(unpaired.getAsInt()).toUpperCase(Locale.ROOT));
        }
    }

    /** What an error calls the value that the parser is at. */
    static String found(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "a list";
            case VALUE_STRING -> MisfitException.shown(parser.getText());
            default -> parser.getText();
        };
    }

    /** What is done with one text. */
    interface Reading {
        void read(JsonParser parser) throws IOException;
    }
}
