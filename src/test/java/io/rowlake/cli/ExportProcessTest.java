package io.rowlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Exports that are stopped, killed or kept from their destination, and what the next run makes of that. */
@Timeout(120)
final class ExportProcessTest {

    private static final int EVENTS = 400_000;
    private static final int SIGTERM_EXIT = 143;
    private static final int SIGKILL_EXIT = 137;
    private static final String FIRST_PROGRESS = " events/s";
    private static final List<String> TO_FILES =
            List.of("--events", "numbers.jsonl", "--set", "destination=jsonl", "--set", "files.directory=out");
    private static final List<String> TO_ICEBERG = List.of(
            "--events",
            "few.jsonl",
            "--set",
            "destination=iceberg",
            "--set",
            "iceberg.table=lake.${topic}",
            "--set",
            "iceberg.catalog.type=jdbc",
            "--set",
            "iceberg.catalog.uri=jdbc:sqlite:catalog.db?busy_timeout=100",
            "--set",
            "iceberg.catalog.jdbc.schema-version=V1",
            "--set",
            "iceberg.catalog.warehouse=warehouse");

    @TempDir
    private Path directory;

    @BeforeEach
    void writeEvents() throws IOException {
        try (BufferedWriter events = Files.newBufferedWriter(directory.resolve("numbers.jsonl"))) {
            for (int number = 0; number < EVENTS; number++) {
                events.write("{\"n\":" + number + "}\n");
            }
        }
        Files.writeString(directory.resolve("few.jsonl"), "{\"n\":1}\n{\"n\":2}\n");
    }

    @Test
    void stopBeforeTheEndPublishesNothing() throws IOException {
        Shell stopped = stopAtTheBeginning();

        assertThat(stopped.exitCode()).isEqualTo(SIGTERM_EXIT);
        assertThat(stopped.err().lines()).endsWith("The export was stopped before its end. Published: nothing");
        assertThat(files()).isEmpty();
    }

    @Test
    void stopSaysUpToWhichLineTheUsersOwnCommitsCame() throws IOException {
        Shell stopped = stopAtTheBeginning("--set", "flush.records=500", "--set", "files.roll.records=500");

        assertThat(stopped.exitCode()).isEqualTo(SIGTERM_EXIT);
        String rows = String.format("%,d", rows());
        assertThat(stopped.err().lines())
                .endsWith("The export was stopped before its end. Published: " + rows + " rows, up to line " + rows
                        + " of numbers.jsonl");
    }

    @Test
    void runAfterAKilledOneHasEveryRowOnce() throws IOException {
        try (var export = ExportProcess.start(directory, TO_FILES)) {
            export.awaitLine(FIRST_PROGRESS);
            export.kill();
            assertThat(export.end().exitCode()).isEqualTo(SIGKILL_EXIT);
        }
        assertThat(files()).isEmpty();

        Shell next = run(TO_FILES);

        assertThat(next.out()).startsWith("Exported 400,000 rows; 0 bad events");
        assertThat(rows()).isEqualTo(EVENTS);
    }

    @Test
    void replacementThatWasStoppedIsBegunAnew() throws IOException {
        List<String> replacing = with(TO_FILES, "--set", "files.if.exists=replace");
        run(with(replacing, "--set", "query=SELECT n WHERE n < 7"));
        assertThat(rows()).isEqualTo(7);
        stopAtTheBeginning("--set", "files.if.exists=replace");
        assertThat(rows()).isEqualTo(7);

        Shell next = run(replacing);

        assertThat(next.exitCode()).isZero();
        assertThat(rows()).isEqualTo(EVENTS);
    }

    @Test
    void outageAtTheOnlyCommitIsWaitedOutAndWritesNothingTwice() throws Exception {
        run(TO_ICEBERG);
        try (Connection catalog = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("catalog.db"));
                var statement = catalog.createStatement()) {
            // Others may read the catalog, but not write to it
            statement.execute("BEGIN IMMEDIATE");

            Shell shell;
            try (var export = ExportProcess.start(directory, with(TO_ICEBERG, "--set", "iceberg.if.exists=append"))) {
                // Each try writes a version of the table before the catalog refuses it
                boolean isRetried = Deadline.in(Duration.ofSeconds(60)).await(() -> versions() >= 4);
                statement.execute("ROLLBACK");
                shell = export.end();
                assertThat(isRetried).isTrue();
            }

            assertThat(shell.exitCode()).isZero();
            assertThat(shell.out()).startsWith("Exported 2 rows; 0 bad events").contains("rows 4 in all");
        }
    }

    private int versions() {
        String[] files = directory
                .resolve("warehouse/lake/few/metadata")
                .toFile()
                .list((metadata, name) -> name.endsWith(".metadata.json"));
        return files == null ? 0 : files.length;
    }

    private Shell stopAtTheBeginning(String... more) throws IOException {
        try (var export = ExportProcess.start(directory, with(TO_FILES, more))) {
            export.awaitLine(FIRST_PROGRESS);
            export.stop();
            return export.end();
        }
    }

    private Shell run(List<String> arguments) throws IOException {
        try (var export = ExportProcess.start(directory, arguments)) {
            return export.end();
        }
    }

    private static List<String> with(List<String> arguments, String... more) {
        var all = new ArrayList<>(arguments);
        all.addAll(List.of(more));
        return all;
    }

    private long rows() throws IOException {
        long rows = 0;
        for (Path file : files()) {
            try (Stream<String> lines = Files.lines(file)) {
                rows += lines.count();
            }
        }
        return rows;
    }

    /** Those that readers see. */
    private List<Path> files() throws IOException {
        Path topic = directory.resolve("out/numbers");
        if (!Files.exists(topic)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(topic)) {
            return files.filter(file -> file.toString().endsWith(".jsonl")).toList();
        }
    }
}
