package io.rowlake.sink.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Compact JSON values, one after the other into the same buffer. */
final class JsonText {

    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .rootValueSeparator("")
            .build();

    private final RowBuffer buffer = new RowBuffer();
    private final JsonGenerator generator;

    JsonText() {
        try {
            generator = FACTORY.createGenerator(buffer);
        } catch (IOException e) {
            throw inMemory(e);
        }
    }

    /** Writes one value. */
    interface Content {
        void writeTo(JsonGenerator json) throws IOException;
    }

    /** The value as bytes, good until the next call. */
    RowBuffer of(Content content) {
        buffer.clear();
        try {
            content.writeTo(generator);
            generator.flush();
        } catch (IOException e) {
            throw inMemory(e);
        }
        return buffer;
    }

    private static UncheckedIOException inMemory(IOException e) {
        return new UncheckedIOException("Cannot write JSON to memory", e);
    }
}
