package io.rowlake.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the demonstration sends, and the configurations it sends it through. */
final class SampleDataTest {

    @TempDir
    private Path directory;

    @Test
    void sameNumberMakesTheSameEvent() {
        String first = text(new SampleEvents().value(4711));

        String second = text(new SampleEvents().value(4711));

        assertThat(second).isEqualTo(first).isNotEqualTo(text(new SampleEvents().value(4712)));
        assertThat(first)
                .startsWith("{\"op\":\"c\",\"before\":null,\"after\":{\"id\":4711,\"label\":\"")
                .endsWith("\"source\":{\"connector\":\"rowlake-demo\",\"table\":\"demo.generated\"},"
                        + "\"ts_ms\":1782000004711}");
        assertThat(text(new SampleEvents().key(4711))).isEqualTo("{\"id\":4711}");
    }

    @Test
    void nullValueOfAnEventFileIsATombstone() throws IOException {
        Path file = Files.writeString(directory.resolve("events.jsonl"), """
                {"key":{"label":"heron"},"value":{"op":"c"}}
                {"key":{"label":"heron"},"value":null}
                """);

        List<ProducerRecord<byte[], byte[]>> events = EventFile.read(file, "images");

        assertThat(events).hasSize(2).allMatch(event -> text(event.key()).equals("{\"label\":\"heron\"}"));
        assertThat(text(events.get(0).value())).isEqualTo("{\"op\":\"c\"}");
        assertThat(events.get(1).value()).isNull();
    }

    @Test
    void brokenEventFileNamesTheLine() throws IOException {
        Path file = Files.writeString(directory.resolve("events.jsonl"), "{\"key\":{},\"value\":null}\n{\"key\":{}}\n");

        assertThatThrownBy(() -> EventFile.read(file, "images"))
                .isInstanceOf(CommandException.class)
                .hasMessage("Cannot read line 2 of " + file
                        + ": it must have the form {\"key\": {…}, \"value\": {…} or null}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"features", "embeddings", "videos"})
    void shippedTablesAreReadable(String table) {
        assertThat(EventFile.read(Path.of("docs/examples/recipe/" + table + ".jsonl"), table))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"iceberg", "jsonl", "csv"})
    void shippedConfigurationsNameTheirDestination(String destination) {
        ConnectorFile connector = ConnectorFile.read(Path.of("connector-config/" + destination + ".json"));

        assertThat(connector.name()).isEqualTo("rowlake-" + destination);
        assertThat(connector.option("destination")).isEqualTo(destination);
        assertThat(connector.option("connector.class")).isEqualTo("io.rowlake.connect.LakehouseSinkConnector");
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
