package io.rowlake.sink.file;

import static io.rowlake.sink.file.SinkFixture.IMAGES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePartition;
import io.rowlake.sink.CommitResult;
import io.rowlake.sink.RetriableSinkException;
import io.rowlake.sink.SinkException;
import io.rowlake.sink.file.FailingStore.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FileSinkTest {

    @TempDir
    Path directory;

    private SinkFixture fixture;
    private FailingStore store;

    @BeforeEach
    void aSinkCanBeOpened() {
        fixture = new SinkFixture(settings(Compression.NONE));
        store = new FailingStore(new LocalFileStore(directory));
    }

    @AfterEach
    void everythingIsReleased() {
        fixture.close();
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void anEntryTellsWhatIsInItsFile(Compression compression) throws Exception {
        FileSettings settings = settings(compression);
        try (var compressed = new SinkFixture(settings);
                FileSink sink = compressed.opened()) {
            compressed.stage(sink, 3, 4);
            sink.commitAll(SourceOffsets.of(IMAGES, 7));
        }

        CommitEntry entry = published().entries().get(0);
        byte[] bytes = published().bytes(entry);
        assertThat(published().entries())
                .containsExactly(new CommitEntry(
                        IMAGES,
                        0,
                        7,
                        2,
                        bytes.length,
                        HexFormat.of()
                                .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)),
                        settings.writer(),
                        "id: long",
                        "images-00000-00000000000000000000.jsonl" + compression.suffix()));
        assertThat(published().text(entry)).isEqualTo("{\"id\":3}\n{\"id\":4}\n");
        assertThat(allFiles())
                .containsExactly(
                        "images/00000/00000000000000000000/_commit.json",
                        "images/00000/00000000000000000000/" + entry.file());
    }

    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            names = {"STAGE", "SEAL", "WRITE"})
    void aFailedWriteIsReplayedFromTheLastCommit(Step step) throws IOException {
        FileSink sink = fixture.opened(store);
        fixture.stage(sink, 0);
        sink.commitAll(SourceOffsets.of(IMAGES, 1));
        store.failAt(step);

        assertThatThrownBy(() -> {
                    fixture.stage(sink, 1, 2);
                    sink.commitAll(SourceOffsets.of(IMAGES, 3));
                })
                .isInstanceOf(RetriableSinkException.class)
                .hasMessage(
                        "Cannot write rows of images-0 under " + directory + ": java.io.IOException: No space left at "
                                + step + "; what was staged of it has to be read again");
        sink.discard();
        SourceOffsets known = sink.open(Set.of(IMAGES));
        fixture.stage(sink, 1, 2);
        sink.commitAll(SourceOffsets.of(IMAGES, 3));

        assertThat(known).isEqualTo(SourceOffsets.of(IMAGES, 1));
        assertThat(ids()).containsExactly(0L, 1L, 2L);
        assertThat(allFiles()).hasSize(4);
    }

    @Test
    void aPartitionIsClosedAfterAFailedWriteUntilItIsOpenedAgain() {
        FileSink sink = fixture.opened(store);
        fixture.stage(sink, 0);
        store.failAt(Step.SEAL);

        assertThatThrownBy(() -> sink.commitAll(SourceOffsets.of(IMAGES, 1)))
                .isInstanceOf(RetriableSinkException.class);
        assertThatThrownBy(() -> sink.commitAll(SourceOffsets.of(IMAGES, 1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Cannot stage or commit changes of images-0: the partition is not open, or has to be opened"
                        + " again after a failed write");
    }

    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            names = {"BEFORE_PUBLISHING", "AFTER_PUBLISHING"})
    void aFailedCommitCanBeRepeated(Step step) throws IOException {
        FileSink sink = fixture.opened(store);
        fixture.stage(sink, 0, 1);
        store.failAt(step);

        assertThatThrownBy(() -> sink.commitAll(SourceOffsets.of(IMAGES, 5)))
                .isInstanceOf(RetriableSinkException.class)
                .hasMessage("Cannot publish rows of images-0 under " + directory
                        + ": java.io.IOException: No space left at " + step + "; they stay staged");
        fixture.stage(sink, 5, 6);
        CommitResult result = sink.commitAll(SourceOffsets.of(IMAGES, 7));

        assertThat(result).isEqualTo(CommitResult.complete(SourceOffsets.of(IMAGES, 7), 4));
        assertThat(ids()).containsExactly(0L, 1L, 5L, 6L);
        assertThat(allFiles()).hasSize(4);
    }

    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            names = {"SEAL", "BEFORE_PUBLISHING", "AFTER_PUBLISHING"})
    void aCrashAtAnyStepLosesAndDoublesNothing(Step step) throws IOException {
        FileSink crashed = fixture.opened(store);
        fixture.stage(crashed, 0);
        crashed.commitAll(SourceOffsets.of(IMAGES, 1));
        fixture.stage(crashed, 1, 2);
        store.failAt(step);
        assertThatThrownBy(() -> crashed.commitAll(SourceOffsets.of(IMAGES, 3)))
                .isInstanceOf(RetriableSinkException.class);

        SinkFixture restarted = new SinkFixture(settings(Compression.NONE));
        FileSink sink = restarted.opened();
        long next = sink.open(Set.of(IMAGES)).next(IMAGES).orElseThrow();
        for (long offset = next; offset < 4; offset++) {
            restarted.stage(sink, offset);
        }
        sink.commitAll(SourceOffsets.of(IMAGES, 4));

        assertThat(ids()).containsExactly(0L, 1L, 2L, 3L);
        assertThat(allFiles()).noneMatch(file -> file.contains("/."));
    }

    @Test
    void whatACrashLeavesBehindIsRemovedOnOpening() throws IOException {
        Path staging = Files.createDirectories(directory.resolve("images/00000/.staging-of-a-crash"));
        Files.writeString(staging.resolve("data"), "{}\n");
        Files.writeString(staging.resolve("_commit.json"), "{");
        Files.createDirectories(directory.resolve("images/00000/.discarded-of-a-crash"));
        Files.createDirectories(directory.resolve("images/00001/.staging-of-another-task"));

        fixture.opened();

        assertThat(directory.resolve("images/00000")).isEmptyDirectory();
        assertThat(directory.resolve("images/00001/.staging-of-another-task")).exists();
    }

    @Test
    void aZombieWhoseFilesAreRemovedPublishesNothing() {
        FileSink zombie = fixture.opened();
        fixture.stage(zombie, 0);
        fixture.opened();

        assertThatThrownBy(() -> zombie.commitAll(SourceOffsets.of(IMAGES, 1)))
                .isInstanceOf(RetriableSinkException.class)
                .hasMessageStartingWith("Cannot publish rows of images-0 under " + directory)
                .hasMessageContaining("NoSuchFileException");
        assertThat(published().entries()).isEmpty();
    }

    @Test
    void theOvertakenGoOnFromTheEndOfTheChain() throws IOException {
        FileSink first = fixture.opened();
        FileSink second = new SinkFixture(settings(Compression.NONE)).opened();
        fixture.stage(first, 0);
        first.commitAll(SourceOffsets.of(IMAGES, 1));
        fixture.stage(first, 1, 2);
        first.commitAll(SourceOffsets.of(IMAGES, 3));
        fixture.stage(second, 0, 1);

        CommitResult overtaken = second.commitAll(SourceOffsets.of(IMAGES, 2));
        fixture.stage(second, 3);
        second.commitAll(SourceOffsets.of(IMAGES, 4));

        assertThat(overtaken).isEqualTo(new CommitResult(SourceOffsets.of(IMAGES, 3), Set.of(IMAGES), 0));
        assertThat(ids()).containsExactly(0L, 1L, 2L, 3L);
        assertThat(allFiles()).hasSize(6);
    }

    @Test
    void theOvertakenKeepWhatIsStagedUntilTheyKnowTheEndOfTheChain() {
        FileSink first = fixture.opened();
        FileSink second = new SinkFixture(settings(Compression.NONE)).opened(store);
        fixture.stage(first, 0);
        first.commitAll(SourceOffsets.of(IMAGES, 1));
        fixture.stage(second, 0);
        store.failAt(Step.OPEN);

        assertThatThrownBy(() -> second.commitAll(SourceOffsets.of(IMAGES, 1)))
                .isInstanceOf(RetriableSinkException.class);
        CommitResult repeated = second.commitAll(SourceOffsets.of(IMAGES, 1));

        assertThat(repeated).isEqualTo(new CommitResult(SourceOffsets.of(IMAGES, 1), Set.of(IMAGES), 0));
    }

    @Test
    void aTaskThatBeganLaterInTheTopicMeetsTheSamePlace() {
        FileSink first = fixture.opened();
        FileSink second = new SinkFixture(settings(Compression.NONE)).opened();
        fixture.stage(first, 10, 11);
        fixture.stage(second, 11, 12);
        first.commitAll(SourceOffsets.of(IMAGES, 12));

        CommitResult result = second.commitAll(SourceOffsets.of(IMAGES, 13));

        assertThat(result.overtaken()).containsExactly(IMAGES);
        assertThat(ids()).containsExactly(10L, 11L);
    }

    @Test
    void changesThatComeTwiceAreAFaultOfTheCaller() {
        FileSink sink = fixture.opened();
        fixture.stage(sink, 4);

        assertThatThrownBy(() -> fixture.stage(sink, 4))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "Cannot stage change at images-0@4: changes before offset 5 are staged or published already");
    }

    @Test
    void partitionsThatCannotBeOpenedMayBeTriedAgain() {
        FileSink sink = fixture.opened(store);
        store.failAt(Step.OPEN);

        assertThatThrownBy(() -> sink.open(Set.of(IMAGES)))
                .isInstanceOf(RetriableSinkException.class)
                .hasMessage("Cannot open the files of images-0 under " + directory
                        + ": java.io.IOException: No space left at OPEN");
    }

    @Test
    void stagedFilesThatCannotBeRemovedStopNobody() {
        FileSink sink = fixture.opened(store);
        fixture.stage(sink, 0);
        store.failAt(Step.DISCARD);

        sink.close();

        assertThat(published().entries()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", ".rowlake", ".images", "../images", "a/b", "", "a\u0000b"})
    void topicsThatWouldHideOrLeaveTheDirectoryAreRefused(String topic) {
        FileSink sink = fixture.opened();

        assertThatThrownBy(() -> sink.open(Set.of(new SourcePartition(topic, 0))))
                .isInstanceOf(SinkException.class)
                .hasMessage("Cannot keep files of topic '" + topic
                        + "': the name must consist of letters, digits, '.', '_' and '-', and must not begin with '.'");
    }

    @Test
    void aDirectoryThatIsAFileIsReported() throws IOException {
        Files.writeString(directory.resolve("images"), "in the way");

        assertThatThrownBy(() -> {
                    FileSink sink = fixture.opened();
                    fixture.stage(sink, 0);
                })
                .isInstanceOf(RetriableSinkException.class)
                .hasMessageStartingWith("Cannot write rows of images-0 under " + directory + ": ");
    }

    @Test
    void theSchemaOfTheSourceIsTakenAsItIs() {
        FileSink sink = fixture.opened();

        assertThat(sink.reconcile(SinkFixture.ID)).isSameAs(SinkFixture.ID);
        assertThat(sink.schema()).isEmpty();
    }

    private FileSettings settings(Compression compression) {
        FileSettings rolling = SinkFixture.rolling(directory, JsonSettings.defaults(), RollSettings.defaults());
        return new FileSettings(
                directory,
                rolling.format(),
                rolling.binaryEncoding(),
                compression,
                rolling.roll(),
                rolling.writer(),
                rolling.existing());
    }

    private PublishedFiles published() {
        return new PublishedFiles(directory);
    }

    private List<Object> ids() {
        return published().jsonRows().stream().<Object>map(row -> row.get("id")).toList();
    }

    private List<String> allFiles() throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> directory.relativize(file).toString())
                    .sorted(String.CASE_INSENSITIVE_ORDER)
                    .toList();
        }
    }
}
