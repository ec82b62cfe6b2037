package io.rowlake.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Events kept in a file, one a line: {@code {"key": {…}, "value": {…} or null}}. */
final class EventFile {

    private static final ObjectMapper JSON = new ObjectMapper();

    private EventFile() {}

    /**
     * The events as records for partition 0 of the topic, in the order of the file.
     *
     * @throws CommandException if the file is missing, or a line is no event
     */
    static List<ProducerRecord<byte[], byte[]>> read(Path file, String topic) {
        var records = new ArrayList<ProducerRecord<byte[], byte[]>>();
        for (String line : lines(file)) {
            try {
                JsonNode event = JSON.readTree(line);
                JsonNode value = event.required("value");
                byte[] key = JSON.writeValueAsBytes(event.required("key"));
                records.add(new ProducerRecord<>(topic, 0, key, value.isNull() ? null : JSON.writeValueAsBytes(value)));
            } catch (JsonProcessingException | IllegalArgumentException e) {
                throw new CommandException(
                        "Cannot read line " + (records.size() + 1) + " of " + file
                                + ": it must have the form {\"key\": {…}, \"value\": {…} or null}",
                        e);
            }
        }
        return records;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CommandException(
                    "Cannot read the sample events in " + file + ": " + CommandException.reason(e), e);
        }
    }
}
