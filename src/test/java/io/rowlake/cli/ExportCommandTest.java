package io.rowlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExportCommandTest extends ExportTest {

    @Test
    void keyedLinesBecomeOneCsvFile() {
        Shell shell = export(FEATURES, "csv");

        assertThat(shell.err()).isEmpty();
        assertThat(shell.exitCode()).isZero();
        assertThat(lines("csv")).hasSize(9).first().asString().startsWith("label,width,height");
    }

    @Test
    void plainRowsBecomeJsonLines() throws IOException {
        Path events = Files.writeString(directory.resolve("a.jsonl"), "\uFEFF{\"n\":1}\n\n{\"n\":2}");

        Shell shell = export(events, "jsonl");

        assertThat(shell.exitCode()).isZero();
        assertThat(lines("jsonl")).containsExactly("{\"n\":1}", "{\"n\":2}");
    }

    @Test
    void aColumnOfTheQueryThatNoEventHasIsTold() throws IOException {
        Path events = Files.writeString(directory.resolve("a.jsonl"), "{\"width\":1}\n");

        Shell shell = export(events, "jsonl", "--set", "query=SELECT width, widht AS w");

        assertThat(shell.err().lines())
                .containsExactly("The query names a column that no event has: 'widht' (there are width. Did you mean"
                        + " 'width'?)");
    }

    @Test
    void aQueryThatIsNoneIsShownWithItsPlace() {
        Shell shell = export(FEATURES, "jsonl", "--set", "query=SELECT label FROM images");

        assertThat(shell.exitCode()).isEqualTo(2);
        assertThat(shell.err().lines())
                .startsWith(
                        "query: Cannot run query: leave FROM out: the topic is the table, at character 14:",
                        "  SELECT label FROM images",
                        "               ^");
    }

    @Test
    void aColumnThatTheEventsDeclareNotIsShownWithItsPlace() {
        Shell shell = export(FEATURES, "jsonl", "--set", "query=SELECT lable");

        assertThat(shell.exitCode()).isEqualTo(1);
        assertThat(shell.err().lines())
                .startsWith(
                        "Cannot write events as they are to be: Cannot run query: there is no column 'lable', but label, width, height, aspect_ratio, meta. Did"
                                + " you mean 'label'?, at character 8:",
                        "  SELECT lable",
                        "         ^");
    }

    @Test
    void noEventsAreNoRows() throws IOException {
        Path events = Files.writeString(directory.resolve("a.jsonl"), "");

        Shell shell = export(events, "csv");

        assertThat(shell.err()).isEmpty();
        assertThat(shell.exitCode()).isZero();
        assertThat(shell.out().lines()).containsExactly("Exported 0 rows; 0 bad events");
    }

    @Test
    void standardInputBecomesTheNamedTable() {
        InputStream terminal = System.in;
        System.setIn(new ByteArrayInputStream("{\"n\":1}\n{\"n\":2}\n".getBytes(StandardCharsets.UTF_8)));
        Shell shell;
        try {
            shell = export("-", "jsonl", "--table", "numbers");
        } finally {
            System.setIn(terminal);
        }

        assertThat(shell.err()).isEmpty();
        assertThat(shell.out()).startsWith("Exported 2 rows; 0 bad events");
        assertThat(directory.resolve("out/numbers")).isDirectory();
        assertThat(lines("jsonl")).containsExactly("{\"n\":1}", "{\"n\":2}");
    }

    @Test
    void keyedLinesAreTheirKeyAndValue() throws IOException {
        Path events = Files.writeString(
                directory.resolve("a.jsonl"),
                "{\"key\": {\"id\": 7}, \"value\": {\"id\": 7, \"n\": 12345678901234567890}}\n");

        Shell shell = export(events, "jsonl");

        assertThat(shell.err()).isEmpty();
        assertThat(lines("jsonl")).containsExactly("{\"id\":7,\"n\":12345678901234567890}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            c.json       | {"destination": "jsonl", "files.directory": "%s"}
            named.json   | {"name": "x", "config": {"destination": "jsonl", "files.directory": "%s", "topics": "a"}}
            c.properties | destination=jsonl\\nfiles.directory=%s\\ntopics=a
            """)
    void configurationComesFromFileOfEachForm(String file, String text) throws IOException {
        Path events = Files.writeString(directory.resolve("a.jsonl"), "{\"n\":1}\n");
        String content =
                text.replace("\\n", "\n").replace("%s", directory.resolve("out").toString());
        Path config = Files.writeString(directory.resolve(file), content);

        Shell shell = new Shell("export", "--quiet", "--events", events.toString(), "--config", config.toString());

        assertThat(shell.err()).isEmpty();
        assertThat(shell.exitCode()).isZero();
        assertThat(lines("jsonl")).containsExactly("{\"n\":1}");
    }

    @Test
    void unknownOptionIsMisuse() {
        Shell shell = export(FEATURES, "csv", "--set", "files.rol.size.bytes=1");

        assertThat(shell.exitCode()).isEqualTo(2);
        assertThat(shell.err()).contains("files.rol.size.bytes");
        assertThat(lines("csv")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            export --set destination=csv                            | Name what to export: either --events or --topic
            export --events a --topic b --set destination=csv       | Name what to export: either --events or --topic
            export --topic images --set destination=csv             | --topic needs --bootstrap, as in --bootstrap localhost:9092
            export --events - --set destination=csv --set files.directory=x | --events - needs --table, which names what comes from standard input
            """)
    void missingOptionIsNamed(String line, String message) {
        Shell shell = new Shell(line.split(" "));

        assertThat(shell.exitCode()).isEqualTo(2);
        assertThat(shell.err()).startsWith(message + System.lineSeparator());
    }

    @Test
    void badEventsAreReportedAndTheOthersWritten() throws IOException {
        Path events = Files.writeString(directory.resolve("a.jsonl"), "{\"n\":1}\nnonsense\n{\"n\":2}\n");
        Path bad = directory.resolve("bad.jsonl");

        Shell shell = export(events, "jsonl", "--bad", bad.toString());

        assertThat(shell.exitCode()).isZero();
        assertThat(shell.out()).startsWith("Exported 2 rows; 1 bad event");
        assertThat(Files.readString(bad)).contains("\"offset\":1", "\"value\":\"nonsense\"");
        assertThat(lines("jsonl")).hasSize(2);
    }

    @Test
    void aBadEventIsNamedByFileAndLine() throws IOException {
        Path events = Files.writeString(directory.resolve("a.jsonl"), "{\"n\":1}\n\nnonsense\n");

        Shell shell = export(events, "jsonl");

        assertThat(shell.err()).startsWith(events + " line 3: Cannot decode event at a-0@2: the value must be JSON");
    }

    @Test
    void twentyBadEventsAreShownAndTheOthersCounted() throws IOException {
        var text = new ArrayList<>(List.of("{\"n\":1}"));
        IntStream.range(0, 25).forEach(each -> text.add("{\"n\":\"x\"}"));
        Path events = Files.write(directory.resolve("a.jsonl"), text);

        Shell shell = export(events, "jsonl", "--set", "schema.overrides=n:int");

        List<String> lines = shell.err().lines().toList();
        assertThat(lines)
                .hasSize(21)
                .startsWith(
                        events + " line 2: Cannot decode event at a-0@1: column 'n' must be a whole number of 64 bits"
                                + " but was 'x'")
                .endsWith("There are more bad events, which are counted");
        assertThat(shell.out()).startsWith("Exported 1 row; 25 bad events");
        assertThat(shell.exitCode()).isZero();
    }

    @Test
    void rowsLeftOutAndDeletesAreTold() throws IOException {
        Path events = Files.write(
                directory.resolve("a.jsonl"),
                List.of(
                        "{\"op\":\"c\",\"after\":{\"n\":1}}",
                        "{\"op\":\"c\",\"after\":{\"n\":7}}",
                        "{\"op\":\"d\",\"before\":{\"n\":1}}"));

        Shell shell = export(events, "jsonl", "--set", "query=SELECT n WHERE n > 5");

        assertThat(shell.out().lines())
                .startsWith(
                        "Exported 1 row; 0 bad events",
                        "The query left out 1 row",
                        "Not written, since the destination is only appended to: 1 delete");
        assertThat(lines("jsonl")).containsExactly("{\"n\":7}");
    }

    @Test
    void aFileInTheWayEndsTheExportAtOnce() throws IOException {
        Path file = Files.writeString(directory.resolve("out"), "");

        Shell shell = export(FEATURES, "csv");

        assertThat(shell.exitCode()).isEqualTo(1);
        assertThat(shell.err())
                .startsWith("Cannot write to files.directory " + file + ": " + file + " is a file, not a directory");
    }

    @Test
    void progressIsShownAsABar() {
        Shell shell = new Shell(
                "export",
                "--events",
                FEATURES.toString(),
                "--set",
                "destination=csv",
                "--set",
                "files.directory=" + directory.resolve("out"));

        assertThat(shell.err()).contains("[" + "#".repeat(30) + "] 100 %  8 events  ");
    }

    @Test
    void aFileInTheWayOfTheTopicEndsTheExportAtOnce() throws IOException {
        Files.createDirectory(directory.resolve("out"));
        Path file = Files.writeString(directory.resolve("out/features"), "");

        Shell shell = export(FEATURES, "csv");

        assertThat(shell.exitCode()).isEqualTo(1);
        assertThat(shell.err())
                .startsWith("Cannot write to files.directory " + directory.resolve("out") + ": " + file
                        + " is a file, not a directory");
    }

    @Test
    void strictPublishesNothing() throws IOException {
        Path events = Files.writeString(directory.resolve("a.jsonl"), "{\"n\":1}\nnonsense\n");

        Shell shell = export(events, "jsonl", "--strict");

        assertThat(shell.exitCode()).isEqualTo(1);
        assertThat(shell.err())
                .startsWith(events + " line 2: ")
                .contains("1 bad event, so that with --strict nothing was published");
        assertThat(lines("jsonl")).isEmpty();
    }

    @Test
    void rowsGoToAnIcebergTable() {
        Shell shell = new Shell(
                "export",
                "--quiet",
                "--events",
                FEATURES.toString(),
                "--set",
                "destination=iceberg",
                "--set",
                "iceberg.table=lake.${topic}",
                "--set",
                "iceberg.catalog.type=jdbc",
                "--set",
                "iceberg.catalog.uri=jdbc:sqlite:" + directory.resolve("catalog.db"),
                "--set",
                "iceberg.catalog.warehouse=file:" + directory.resolve("warehouse"),
                "--set",
                "iceberg.catalog.jdbc.schema-version=V1");

        assertThat(shell.err()).isEmpty();
        assertThat(shell.out()).contains("Exported 8 rows; 0 bad events", "rows 8 in all");
    }

    @Test
    void aMistypedDestinationIsNamed() {
        Shell shell = new Shell("export", "--events", FEATURES.toString(), "--set", "destinatio=csv");

        assertThat(shell.exitCode()).isEqualTo(2);
        assertThat(shell.err()).startsWith("Unknown option 'destinatio': did you mean 'destination'?");
    }

    @ParameterizedTest
    @CsvSource({
        "file:wh, jdbc, file:%s/wh",
        "wh/a, hadoop, file:%s/wh/a",
        "wh, rest, wh",
        "s3://example-bucket/wh, jdbc, s3://example-bucket/wh",
        "/wh, jdbc, /wh",
        "file:/wh, jdbc, file:/wh"
    })
    void aWarehouseOnThisMachineStartsAtTheRoot(String given, String catalog, String expected) {
        var connector = new ConnectorFile(
                "export", Map.of("iceberg.catalog.warehouse", given, "iceberg.catalog.type", catalog));

        assertThat(LocalPaths.resolved(connector).config())
                .containsEntry(
                        "iceberg.catalog.warehouse",
                        expected.formatted(Path.of("").toAbsolutePath()));
    }

    @Test
    void missingDestinationIsMisuse() {
        Shell shell = new Shell("export", "--events", FEATURES.toString());

        assertThat(shell.exitCode()).isEqualTo(2);
        assertThat(shell.err()).startsWith("Set a destination, as in --set destination=csv");
    }
}
