package io.rowlake.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowlake.chaos.FileOutcome.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was done to published files is found. */
final class FileOutcomeTest {

    private static final TopicPartition PARTITION = new TopicPartition("alpha", 1);
    private static final int ROWS = 10;

    @TempDir
    private Path directory;

    @BeforeEach
    void publish() throws IOException {
        entry(0, ROWS);
        entry(ROWS, ROWS);
    }

    @Test
    void anUntouchedOutcomeHasNoFindings() throws IOException {
        assertThat(findings()).isEmpty();
    }

    @Test
    void aLineThatIsMissingIsFound() throws IOException {
        List<String> lines = lines();
        lines.remove(3);
        write(lines);

        assertThat(findings())
                .anyMatch(text -> text.contains(" has 9 rows for "))
                .contains("jsonl: alpha-1 13 is missing");
    }

    @Test
    void aLineThatIsDoubledIsFound() throws IOException {
        List<String> lines = lines();
        lines.set(4, lines.get(3));
        write(lines);

        assertThat(findings())
                .contains("jsonl: alpha-1 13 stands there twice, in " + file(), "jsonl: alpha-1 14 is missing");
    }

    @Test
    void linesThatAreSwappedAreFound() throws IOException {
        List<String> lines = lines();
        Collections.swap(lines, 3, 4);
        write(lines);

        assertThat(findings()).containsExactly("jsonl: alpha-1 13 comes after 14, in " + file());
    }

    @Test
    void aFileThatIsMissingIsFound() throws IOException {
        Files.delete(file());
        Files.delete(directory(ROWS).resolve("_commit.json"));
        Files.delete(directory(ROWS));

        assertThat(findings())
                .contains(directory + ": alpha-1 ends at 10 but the topic at 20", "jsonl: alpha-1 19 is missing");
    }

    private List<String> findings() throws IOException {
        var check = new OutcomeCheck("jsonl", Map.of("alpha-1", 2L * ROWS));
        var findings = new ArrayList<>(new FileOutcome(directory, Format.JSONL).read(PARTITION, 2L * ROWS, check));
        findings.addAll(check.findings());
        return findings;
    }

    private void entry(int start, int rows) throws IOException {
        Files.createDirectories(directory(start));
        Files.write(
                directory(start).resolve("rows.jsonl"),
                IntStream.range(start, start + rows)
                        .mapToObj(number ->
                                SequencedRow.of("alpha-1", number, 1, "payload").json())
                        .toList());
        Files.writeString(
                directory(start).resolve("_commit.json"),
                "{\"start\":" + start + ",\"end\":" + (start + rows) + ",\"rows\":" + rows
                        + ",\"file\":\"rows.jsonl\"}");
    }

    private Path directory(int start) {
        return directory.resolve("alpha/00001").resolve("%020d".formatted(start));
    }

    private Path file() {
        return directory(ROWS).resolve("rows.jsonl");
    }

    private List<String> lines() throws IOException {
        return new ArrayList<>(Files.readAllLines(file()));
    }

    private void write(List<String> lines) throws IOException {
        Files.write(file(), lines);
    }
}
