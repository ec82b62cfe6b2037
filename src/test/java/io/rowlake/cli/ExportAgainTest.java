package io.rowlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exports to where another one has been. */
final class ExportAgainTest extends ExportTest {

    @Test
    void secondRunAddsItsRows() throws IOException {
        Path events = Files.writeString(directory.resolve("a.jsonl"), "{\"n\":1}\n");

        export(events, "jsonl");
        Shell shell = export(events, "jsonl", "--set", "files.if.exists=append");

        assertThat(shell.exitCode()).isZero();
        assertThat(lines("jsonl")).containsExactly("{\"n\":1}", "{\"n\":1}");
    }

    @Test
    void secondRunIsRefusedUnlessItSaysWhatToDo() throws IOException {
        Path events = Files.writeString(directory.resolve("a.jsonl"), "{\"n\":1}\n");

        export(events, "jsonl");
        Shell shell = export(events, "jsonl");

        assertThat(shell.exitCode()).isEqualTo(1);
        assertThat(shell.err()).contains("set files.if.exists=append to add to them or replace to replace them");
        assertThat(lines("jsonl")).containsExactly("{\"n\":1}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "  \n\n"})
    void replacingRunLeavesOnlyItsOwnRows(String end) throws IOException {
        Path events = Files.writeString(directory.resolve("a.jsonl"), "{\"n\":1}\n{\"n\":2}\n");
        export(events, "jsonl");
        Files.writeString(events, "{\"n\":3}\n" + end);

        Shell shell = export(events, "jsonl", "--set", "files.if.exists=replace");

        assertThat(shell.err()).isEmpty();
        assertThat(shell.exitCode()).isZero();
        assertThat(shell.out()).startsWith("Exported 1 row; 0 bad events");
        assertThat(lines("jsonl")).containsExactly("{\"n\":3}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n \n"})
    void nothingReplacesNothing(String blank) throws IOException {
        Path events = Files.writeString(directory.resolve("a.jsonl"), "{\"n\":1}\n");
        export(events, "jsonl");
        Files.writeString(events, blank);

        Shell shell = export(events, "jsonl", "--set", "files.if.exists=replace");

        assertThat(shell.exitCode()).isEqualTo(1);
        assertThat(shell.err())
                .startsWith("Cannot replace what is there: " + events
                        + " has no events; remove it by hand if nothing is to be left");
        assertThat(lines("jsonl")).containsExactly("{\"n\":1}");
    }

    @Test
    void reportTellsTheFilesOfTheRunFromEarlierOnes() throws IOException {
        Path events = Files.writeString(directory.resolve("a.jsonl"), "{\"n\":1}\n{\"n\":2}\n");
        export(events, "jsonl");
        Files.writeString(events, "{\"n\":3}\n");

        Shell shell = export(events, "jsonl", "--set", "files.if.exists=append");

        Path partition = directory.resolve("out/a/00000");
        assertThat(shell.out().lines())
                .startsWith(
                        "Exported 1 row; 0 bad events",
                        "File " + partition.resolve("00000000000000000002/a-00000-00000000000000000002.jsonl")
                                + ", rows 1",
                        "Beside it, of earlier runs: files 1, rows 2");
    }
}
