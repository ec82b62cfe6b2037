package io.rowlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileSetReportTest {

    @TempDir
    private Path directory;

    private Path root;

    @BeforeEach
    void resolveRoot() throws IOException {
        root = directory.toRealPath();
    }

    @Test
    void listsTheFilesOfATopicInTheOrderOfTheSource() throws IOException {
        publish(1, 0, 3);
        publish(0, 2, 4);
        publish(0, 0, 2);

        var shell = new Shell("inspect", "--files", root.toString());

        assertThat(shell).isEqualTo(Shell.ended(0, """
                        Topic images: 7 rows in 3 files
                          partition  start  end  rows  bytes  file
                          0          0      2    2     6      part-0.jsonl
                          0          2      4    2     6      part-2.jsonl
                          1          0      3    3     9      part-0.jsonl
                          under %s
                        """.formatted(root.resolve("images")), ""));
    }

    @Test
    void namesGapsOverlapsAndDamage() throws IOException {
        publish(0, 0, 2);
        publish(0, 3, 6);
        publish(0, 5, 7);
        publish(1, 0, 1);
        publish(1, 1, 2);
        Files.delete(file(1, 0));
        Files.writeString(file(1, 1), "torn");

        List<String> flaws = FileSetReport.flaws(new FileSetReader(root).entries("images"));

        assertThat(flaws)
                .containsExactly(
                        "Gap in partition 0: offsets 2 to 2 are in no file",
                        "Overlap in partition 0: offsets 5 to 5 are in two files",
                        "Missing file " + file(1, 0),
                        "File " + file(1, 1) + " has 4 bytes but was published with 3");
    }

    @Test
    void flawMakesTheCommandFail() throws IOException {
        publish(0, 0, 2);
        publish(0, 3, 6);

        var shell = new Shell("inspect", "--files", root.toString(), "--topic", "images");

        assertThat(shell.exitCode()).isEqualTo(1);
    }

    @Test
    void hiddenDirectoriesDoNotCount() throws IOException {
        publish(0, 0, 2);
        for (String hidden : List.of("images/00000/.staging-1", ".rowlake/replace/images/00000/00000000000000000000")) {
            Path staged = Files.createDirectories(root.resolve(hidden));
            Files.copy(file(0, 0).resolveSibling("_commit.json"), staged.resolve("_commit.json"));
        }

        var reader = new FileSetReader(root);
        List<FileEntry> entries = reader.entries("images");

        assertThat(reader.topics()).containsExactly("images");
        assertThat(entries).containsExactly(new FileEntry("images", 0, 0, 2, 2, 6, file(0, 0)));
    }

    @Test
    void entryWithoutItsSidecarIsNamed() throws IOException {
        Path entry = Files.createDirectories(file(0, 0).getParent()).resolve("_commit.json");

        var shell = new Shell("inspect", "--files", root.toString());

        assertThat(shell.exitCode()).isEqualTo(1);
        assertThat(shell.err()).startsWith("Cannot read commit entry " + entry + ": ");
    }

    @Test
    void unreadableCommitEntryIsNamed() throws IOException {
        publish(0, 0, 2);
        Path entry = file(0, 0).resolveSibling("_commit.json");
        Files.writeString(entry, "{\"topic\": \"images\"}");

        var shell = new Shell("inspect", "--files", root.toString());

        assertThat(shell.exitCode()).isEqualTo(1);
        assertThat(shell.err()).startsWith("Cannot read commit entry " + entry + ": ");
    }

    @Test
    void unknownTopicNamesTheTopicsThereAre() throws IOException {
        publish(0, 0, 2);

        var shell = new Shell("inspect", "--files", root.toString(), "--topic", "pictures");

        assertThat(shell)
                .isEqualTo(Shell.ended(
                        1,
                        "",
                        "Cannot find topic 'pictures' in " + root + ": it has [images]" + System.lineSeparator()));
    }

    private void publish(int partition, long start, long end) throws IOException {
        var lines = new ArrayList<String>();
        for (long row = start; row < end; row++) {
            lines.add("{}\n");
        }
        Path file = file(partition, start);
        Files.createDirectories(file.getParent());
        Files.writeString(file, String.join("", lines));
        Files.writeString(file.resolveSibling("_commit.json"), """
                {"version":1,"topic":"images","partition":%d,"start":%d,"end":%d,"rows":%d,"bytes":%d,"file":"%s"}
                """.formatted(
                        partition, start, end, lines.size(), 3 * lines.size(), file.getFileName()));
    }

    private Path file(int partition, long start) {
        return root.resolve(String.format(Locale.ROOT, "images/%05d/%020d/part-%d.jsonl", partition, start, start));
    }
}
