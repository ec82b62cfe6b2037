package io.rowlake.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The schema of a topic as its option gives it: the JSON itself, or the path of a file that holds it. */
final class SchemaText {

    private SchemaText() {}

    /**
     * The JSON.
     *
     * @throws UncheckedIOException if the file can't be read
     */
    static String of(String option) {
        String text = option.strip();
        if (text.startsWith("{")) {
            return text;
        }
        try {
            return Files.readString(Path.of(text));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the schema file " + text, e);
        }
    }
}
