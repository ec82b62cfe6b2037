package io.rowlake.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;

/** The files of a run, read line by line in the order of their offsets. */
final class FileOutcome {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path directory;
    private final Format format;

    FileOutcome(Path directory, Format format) {
        this.directory = directory;
        this.format = format;
    }

    /** How lines become rows. */
    enum Format {
        JSONL,
        CSV
    }

    /**
     * Gives all rows of a partition to the check.
     *
     * @return what is wrong with the chain of offsets; empty where nothing is
     */
    List<String> read(TopicPartition partition, long end, OutcomeCheck check) throws IOException {
        var findings = new ArrayList<String>();
        long next = 0;
        for (Path entry : entries(partition)) {
            JsonNode sidecar = JSON.readTree(entry.resolve("_commit.json").toFile());
            long start = Long.parseLong(entry.getFileName().toString());
            if (start != next || sidecar.path("start").asLong(-1) != start) {
                findings.add(directory + ": " + partition + " goes on at " + start + " after " + next);
            }
            next = sidecar.path("end").asLong();
            Path file = entry.resolve(sidecar.path("file").asText());
            List<SequencedRow> rows = rows(file);
            if (rows.size() != sidecar.path("rows").asLong() || rows.size() != next - start) {
                findings.add(file + " has " + rows.size() + " rows for " + sidecar);
            }
            rows.forEach(row -> check.row(row, file.toString()));
        }
        if (next != end) {
            findings.add(directory + ": " + partition + " ends at " + next + " but the topic at " + end);
        }
        return findings;
    }

    /** How many files were published. */
    int commits(Map<TopicPartition, Long> partitions) throws IOException {
        int commits = 0;
        for (TopicPartition partition : partitions.keySet()) {
            commits += entries(partition).size();
        }
        return commits;
    }

    private List<Path> entries(TopicPartition partition) throws IOException {
        Path parent = directory.resolve(partition.topic()).resolve("%05d".formatted(partition.partition()));
        try (Stream<Path> children = Files.list(parent)) {
            return children.filter(child -> child.getFileName().toString().matches("\\d{20}"))
                    .sorted()
                    .toList();
        }
    }

    private List<SequencedRow> rows(Path file) throws IOException {
        var rows = new ArrayList<SequencedRow>();
        List<String> lines = Files.readAllLines(file, UTF_8);
        switch (format) {
            case JSONL -> {
                for (String line : lines) {
                    rows.add(ofJson(JSON.readTree(line)));
                }
            }
            case CSV -> lines.stream().skip(1).forEach(line -> rows.add(ofCells(line.split(",", -1))));
        }
        return rows;
    }

    private static SequencedRow ofJson(JsonNode row) {
        return new SequencedRow(
                row.path("k").asText(),
                row.path("s").asLong(-1),
                row.path("p").asInt(-1),
                row.path("v").asText(),
                row.path("c").asText());
    }

    private static SequencedRow ofCells(String[] cells) {
        return new SequencedRow(cells[0], Long.parseLong(cells[1]), Integer.parseInt(cells[2]), cells[3], cells[4]);
    }
}
