package io.rowlake.sink.file;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.ZstdInputStream;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** What a reader finds under a directory, found by nothing but the commit entries. */
record PublishedFiles(Path directory) {

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.USE_LONG_FOR_INTS);

    List<CommitEntry> entries() {
        try {
            return FileSet.entries(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text of every file, in order. */
    List<String> texts() {
        return entries().stream().map(this::text).toList();
    }

    String text(CommitEntry entry) {
        try (InputStream content = decompressed(entry)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] bytes(CommitEntry entry) {
        try {
            return Files.readAllBytes(FileSet.dataFile(directory, entry));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Map<String, @Nullable Object>> jsonRows() {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        texts().forEach(text -> text.lines().forEach(line -> rows.add(object(line))));
        return rows;
    }

    List<Map<String, @Nullable Object>> csvRows() {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (String text : texts()) {
            CsvReader.builder().ofNamedCsvRecord(text).forEach(row -> rows.add(object(row)));
        }
        return rows;
    }

    private InputStream decompressed(CommitEntry entry) throws IOException {
        InputStream content = new ByteArrayInputStream(bytes(entry));
        if (entry.file().endsWith(".gz")) {
            return new GZIPInputStream(content);
        }
        return entry.file().endsWith(".zst") ? new ZstdInputStream(content) : content;
    }

    private static Map<String, @Nullable Object> object(String line) {
        try {
            Map<String, @Nullable Object> row = new HashMap<>();
            for (Map.Entry<String, JsonNode> field : JSON.readTree(line).properties()) {
                row.put(field.getKey(), JSON.convertValue(field.getValue(), Object.class));
            }
            return row;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, @Nullable Object> object(NamedCsvRecord csv) {
        Map<String, @Nullable Object> row = new HashMap<>();
        csv.getFieldsAsMap().forEach((name, text) -> row.put(name, typed(name, text)));
        return row;
    }

    private static @Nullable Object typed(String name, String text) {
        if (text.isEmpty()) {
            return null;
        }
        return switch (name) {
            case "id" -> (Object) Long.valueOf(text);
            case "score" -> Double.valueOf(text);
            default -> text;
        };
    }
}
