package io.rowlake.cli;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The rows of published files, read back from the files themselves. */
sealed interface FileRows {

    /** How many rows a file has. */
    long count(Path file) throws IOException;

    /** The beginning of a file as it is, for a look. */
    List<String> head(Path file, int rows) throws IOException;

    /** The reader for what a connector writes: {@code jsonl} or {@code csv}. */
    static FileRows of(String destination) {
        return switch (destination) {
            case "jsonl" -> new JsonLines();
            case "csv" -> new Csv();
            default -> throw new CommandException("destination must be jsonl or csv but was " + destination);
        };
    }

    /** One row a line. */
    record JsonLines() implements FileRows {

        @Override
        public long count(Path file) throws IOException {
            try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                return lines.lines().count();
            }
        }

        @Override
        public List<String> head(Path file, int rows) throws IOException {
            try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                return lines.lines().limit(rows).toList();
            }
        }
    }

    /** A header, then rows that may span lines. */
    record Csv() implements FileRows {

        @Override
        public long count(Path file) throws IOException {
            try (CsvReader<CsvRecord> records = CsvReader.builder().ofCsvRecord(file, StandardCharsets.UTF_8)) {
                return Math.max(0, records.stream().count() - 1);
            }
        }

        @Override
        public List<String> head(Path file, int rows) throws IOException {
            var head = new ArrayList<String>();
            try (CsvReader<CsvRecord> records = CsvReader.builder().ofCsvRecord(file, StandardCharsets.UTF_8)) {
                records.stream().limit(rows + 1L).forEach(row -> head.add(String.join(" | ", row.getFields())));
            }
            return head;
        }
    }
}
