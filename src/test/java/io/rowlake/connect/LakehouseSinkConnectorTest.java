package io.rowlake.connect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.connect.sink.SinkConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LakehouseSinkConnectorTest {

    private final LakehouseSinkConnector connector = new LakehouseSinkConnector();

    @Test
    void everyWrongKeyIsNamed() {
        Map<String, String> wrong = Map.of(
                "name", "files",
                "topics", "images",
                "destination", "jsonl",
                "files.compression", "lzo",
                "flush.interval", "5");

        assertThat(errors(wrong))
                .isEqualTo(Map.of(
                        "files.compression", List.of("files.compression must be one of none, gzip, zstd but was lzo"),
                        "files.directory", List.of("files.directory must be set for destination=jsonl"),
                        "flush.interval",
                                List.of("Unknown option 'flush.interval': did you mean 'flush.interval.ms'?")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"iceberg.json", "jsonl.json", "csv.json"})
    void theConfigurationsThatAreShippedAreValid(String file) throws IOException {
        JsonNode shipped =
                new ObjectMapper().readTree(Path.of("connector-config", file).toFile());
        Map<String, String> configuration = new HashMap<>();
        shipped.get("config")
                .properties()
                .forEach(entry ->
                        configuration.put(entry.getKey(), entry.getValue().asText()));

        assertThat(errors(configuration)).isEmpty();
        assertThat(configuration).containsEntry("connector.class", LakehouseSinkConnector.class.getName());
    }

    @Test
    void theConfigurationOfTheReadmeIsValid() throws IOException {
        Matcher command = Pattern.compile("curl -X PUT .* -d '(\\{.*?\\n})'", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("README.md")));
        assertThat(command.find()).isTrue();
        Map<String, String> configuration = new ObjectMapper().readValue(command.group(1), new TypeReference<>() {});

        assertThat(errors(configuration)).isEmpty();
        assertThat(configuration).containsEntry("destination", "iceberg");
    }

    @Test
    void eachTaskKnowsItsNumber() {
        connector.start(Map.of("name", "files"));

        assertThat(connector.taskConfigs(2))
                .containsExactly(
                        Map.of("name", "files", "rowlake.task", "0"), Map.of("name", "files", "rowlake.task", "1"));
        assertThat(connector.taskClass()).isEqualTo(LakehouseSinkTask.class);
    }

    @Test
    void theConnectorIsFoundByItsManifest() {
        assertThat(ServiceLoader.load(SinkConnector.class)).hasAtLeastOneElementOfType(LakehouseSinkConnector.class);
    }

    private Map<String, List<String>> errors(Map<String, String> configuration) {
        Map<String, List<String>> errors = new TreeMap<>();
        connector.validate(configuration).configValues().stream()
                .filter(value -> !value.errorMessages().isEmpty())
                .forEach(value -> errors.put(value.name(), value.errorMessages()));
        return errors;
    }
}
