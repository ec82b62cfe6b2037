package io.rowlake.sink.file;

import static io.rowlake.sink.file.SinkFixture.IMAGES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowlake.event.SourcePartition;
import io.rowlake.sink.SinkException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LocalFileStoreTest {

    private static final int RACES = 200;

    @TempDir
    Path directory;

    @Test
    void ofTwoThatPublishInOnePlaceExactlyOneWins() throws Exception {
        var start = new CyclicBarrier(2);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int race = 0; race < RACES; race++) {
                long place = race;
                Future<CommitEntry> left = threads.submit(() -> publishAfter(start, place, "left"));
                Future<CommitEntry> right = threads.submit(() -> publishAfter(start, place, "right"));

                assertThat(left.get()).isEqualTo(right.get());
            }
        } finally {
            threads.shutdownNow();
        }

        List<CommitEntry> entries = FileSet.entries(directory);
        assertThat(entries)
                .extracting(CommitEntry::start)
                .doesNotHaveDuplicates()
                .hasSize(RACES);
        assertThat(entries)
                .allSatisfy(
                        entry -> assertThat(FileSet.dataFile(directory, entry)).hasContent(entry.writer()));
    }

    @Test
    void aPublicationMayBeRepeated() throws IOException {
        var store = new LocalFileStore(directory);
        CommitEntry entry = entry(IMAGES, 0, "left");
        StagedFile staged = staged(store, IMAGES, "left");

        CommitEntry first = store.publish(staged, entry);
        CommitEntry repeated = store.publish(staged, entry);

        assertThat(first).isEqualTo(entry);
        assertThat(repeated).isEqualTo(entry);
    }

    @Test
    void theNewestEntryIsTheOneThatStartsLast() throws IOException {
        var store = new LocalFileStore(directory);
        for (long start : new long[] {9, 10, 100}) {
            store.publish(staged(store, IMAGES, "left"), entry(IMAGES, start, "left"));
        }
        Files.createDirectories(directory.resolve("images/00000/notes"));

        assertThat(store.newest(IMAGES)).contains(entry(IMAGES, 100, "left"));
    }

    @Test
    void entriesAreListedByPartitionAndOffset() throws IOException {
        var store = new LocalFileStore(directory);
        var labels = new SourcePartition("labels", 123_456);
        store.publish(staged(store, labels, "left"), entry(labels, 0, "left"));
        store.publish(staged(store, IMAGES, "left"), entry(IMAGES, 1, "left"));
        store.publish(staged(store, IMAGES, "left"), entry(IMAGES, 0, "left"));

        assertThat(FileSet.entries(directory))
                .containsExactly(entry(IMAGES, 0, "left"), entry(IMAGES, 1, "left"), entry(labels, 0, "left"));
    }

    @Test
    void aDirectoryThatIsNotThereHasNoEntries() throws IOException {
        assertThat(FileSet.entries(directory.resolve("nothing"))).isEmpty();
    }

    @Test
    void anEntryWithoutSidecarIsAnError() throws IOException {
        Path entry = Files.createDirectories(directory.resolve("images/00000/00000000000000000007"));

        assertThatThrownBy(() -> new LocalFileStore(directory).newest(IMAGES))
                .isInstanceOf(SinkException.class)
                .hasMessage("Cannot read " + entry.resolve("_commit.json")
                        + ": there is none; restore the file, or move the"
                        + " directory away to have its records written again from offset 00000000000000000007");
    }

    @Test
    void anEntryThatIsMovedWhileItIsReadMayBeLookedForAgain() {
        Path moved = directory.resolve("images/00000/00000000000000000007");

        assertThatThrownBy(() -> LocalLayout.read(moved)).isInstanceOf(NoSuchFileException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"version\":1 | it is not valid JSON",
                "[] | it must have version 1 but has ",
                "{\"version\":2} | it must have version 1 but has 2",
                "{\"version\":1} | 'topic' must be a text but was ",
                "{\"version\":1,\"topic\":\"images\",\"partition\":0.5} | 'partition' must be a whole number but was 0.5",
                "{\"version\":1,\"topic\":\"images\",\"partition\":\"0\"} | 'partition' must be a whole number but was \"0\"",
                "{\"version\":1,\"topic\":\"images\",\"partition\":0,\"start\":8,\"end\":9,\"rows\":1,\"bytes\":2,"
                        + "\"sha256\":\"\",\"writer\":\"w\",\"schema\":\"\",\"file\":\"f\"}"
                        + " | 'start' must be the name of the directory but was 8",
                "{\"version\":1,\"topic\":\"images\",\"partition\":0,\"start\":7,\"end\":7,\"rows\":1,\"bytes\":2,"
                        + "\"sha256\":\"\",\"writer\":\"w\",\"schema\":\"\",\"file\":\"f\"}"
                        + " | Commit entry must end after its start but covers 7 to 7"
            })
    void aSidecarThatIsNoneIsAnErrorThatSaysWhy(String text, String reason) throws IOException {
        Path entry = Files.createDirectories(directory.resolve("images/00000/00000000000000000007"));
        Files.writeString(entry.resolve("_commit.json"), text);

        assertThatThrownBy(() -> new LocalFileStore(directory).newest(IMAGES))
                .isInstanceOf(SinkException.class)
                .hasMessageStartingWith("Cannot read " + entry.resolve("_commit.json") + ": " + reason);
    }

    private CommitEntry publishAfter(CyclicBarrier start, long place, String writer) throws Exception {
        var store = new LocalFileStore(directory);
        StagedFile staged = staged(store, IMAGES, writer);
        start.await();
        CommitEntry standing = store.publish(staged, entry(IMAGES, place, writer));
        staged.discard();
        return standing;
    }

    private static StagedFile staged(FileStore store, SourcePartition partition, String content) throws IOException {
        StagedFile staged = store.stage(partition);
        staged.content().write(content.getBytes(StandardCharsets.UTF_8));
        staged.seal();
        return staged;
    }

    private static CommitEntry entry(SourcePartition partition, long start, String writer) {
        return new CommitEntry(partition, start, start + 1, 1, 4, "hash", writer, "id: long", writer + ".jsonl");
    }
}
