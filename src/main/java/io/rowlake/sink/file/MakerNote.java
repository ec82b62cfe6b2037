package io.rowlake.sink.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rowlake.sink.SinkException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Who made the files of a topic, noted beside its partitions.
 *
 * @param owner the name of the connector
 */
record MakerNote(String owner) {

    static final String FILE = "_rowlake.json";

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int VERSION = 1;

    /**
     * The note of a topic's directory, empty if it has none.
     *
     * @throws SinkException if what is there is no note
     */
    static Optional<MakerNote> read(Path topic) throws IOException {
        Path file = topic.resolve(FILE);
        try {
            JsonNode note = MAPPER.readTree(Files.readAllBytes(file));
            JsonNode owner = note.path("owner");
            if (note.path("version").asInt() != VERSION || !owner.isTextual()) {
                throw invalid(file, "it must have version " + VERSION + " and an owner but is " + note);
            }
            return Optional.of(new MakerNote(owner.textValue()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (JsonProcessingException e) {
            throw invalid(file, "it is not valid JSON");
        }
    }

    /** Puts the note into a topic's directory, in one step. */
    void write(Path topic) throws IOException {
        DurableFile.replace(topic.resolve(FILE), json());
    }

    byte[] json() throws JsonProcessingException {
        return MAPPER.writeValueAsBytes(
                MAPPER.createObjectNode().put("version", VERSION).put("owner", owner));
    }

    private static SinkException invalid(Path file, String reason) {
        return new SinkException("Cannot read " + file + ": " + reason
                + "; restore it, or delete it to have the files of the topic taken for nobody's");
    }
}
