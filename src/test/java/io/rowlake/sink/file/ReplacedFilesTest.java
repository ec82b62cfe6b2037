package io.rowlake.sink.file;

import static io.rowlake.sink.file.SinkFixture.IMAGES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePartition;
import io.rowlake.sink.CommitResult;
import io.rowlake.sink.ExistingTarget;
import io.rowlake.sink.ExistingTarget.Action;
import io.rowlake.sink.RetriableSinkException;
import io.rowlake.sink.SinkException;
import io.rowlake.sink.file.Swap.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ReplacedFilesTest {

    private static final SourcePartition OTHER = new SourcePartition("images", 1);
    private static final SourceOffsets UP_TO_2 = SourceOffsets.of(IMAGES, 2);
    private static final SourceOffsets BOTH_UP_TO_2 = SourceOffsets.of(Map.of(IMAGES, 2L, OTHER, 2L));

    @TempDir
    Path directory;

    private SinkFixture fixture;

    @BeforeEach
    void filesOfAnotherConnectorAreThere() {
        fixture = fixture(Action.APPEND, "y", SourceOffsets.none());
        write(fixture, IMAGES, 7, 8, 9);
        fixture = fixture(Action.REPLACE, "x", UP_TO_2);
    }

    @AfterEach
    void everythingIsReleased() {
        fixture.close();
    }

    @Test
    void theOldFilesStandUntilTheNewOnesHaveComeFarEnough() throws IOException {
        try (FileSink sink = fixture.opened()) {
            commit(sink, IMAGES, 0);
            List<String> before = rows();
            commit(sink, IMAGES, 1);
            List<String> after = rows();
            commit(sink, IMAGES, 2);

            assertThat(before).containsExactly(lines(7, 8, 9));
            assertThat(after).containsExactly(lines(0), lines(1));
            assertThat(rows()).containsExactly(lines(0), lines(1), lines(2));
            assertThat(directory.resolve("images/_rowlake.json")).hasContent("{\"version\":1,\"owner\":\"x\"}");
            assertNoDebris();
        }
    }

    @Test
    void withoutAnEndTheFirstRowsReplaceTheOld() throws IOException {
        fixture = fixture(Action.REPLACE, "x", SourceOffsets.of(IMAGES, 0));
        try (FileSink sink = fixture.opened()) {
            sink.commitAll(SourceOffsets.of(IMAGES, 0));
            List<String> before = rows();
            commit(sink, IMAGES, 0);

            assertThat(before).containsExactly(lines(7, 8, 9));
            assertThat(rows()).containsExactly(lines(0));
            assertNoDebris();
        }
    }

    @Test
    void aRestartGoesOnWhereItWas() throws IOException {
        write(fixture, IMAGES, 0);
        fixture = fixture(Action.REPLACE, "x", SourceOffsets.of(IMAGES, 100));
        try (FileSink sink = fixture.opened()) {
            SourceOffsets known = sink.open(Set.of(IMAGES));
            commit(sink, IMAGES, 1);

            assertThat(known).isEqualTo(SourceOffsets.of(IMAGES, 1));
            assertThat(rows()).containsExactly(lines(0), lines(1));
            assertNoDebris();
        }
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void aSwapThatCrashedIsFinishedByWhoComesNext(Step last) throws IOException {
        write(fixture, IMAGES, 0);
        crashAfter(last);

        try (FileSink sink = fixture.opened()) {
            SourceOffsets known = sink.open(Set.of(IMAGES));

            assertThat(known).isEqualTo(SourceOffsets.of(IMAGES, 1));
            assertThat(rows()).containsExactly(lines(0));
            assertNoDebris();
        }
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void aSwapThatCrashedIsFinishedByAnotherConnectorToo(Step last) throws IOException {
        write(fixture, IMAGES, 0);
        crashAfter(last);

        write(fixture(Action.APPEND, "z", SourceOffsets.none()), IMAGES, 1);

        assertThat(rows()).containsExactly(lines(0), lines(1));
        assertNoDebris();
    }

    @Test
    void theLastTaskThatIsDoneSwapsAndTheOthersGoOnFromThere() throws IOException {
        fixture = fixture(Action.REPLACE, "x", BOTH_UP_TO_2);
        try (FileSink first = fixture.opened(IMAGES);
                FileSink second = fixture.opened(OTHER)) {
            commit(first, IMAGES, 0, 1);
            List<String> before = rows();
            fixture.stage(first, IMAGES, 2);
            commit(second, OTHER, 0, 1);
            assertThatThrownBy(() -> first.commitAll(SourceOffsets.of(IMAGES, 3)))
                    .isInstanceOf(RetriableSinkException.class);
            first.discard();
            SourceOffsets known = first.open(Set.of(IMAGES));
            commit(first, IMAGES, 2, 3);

            assertThat(before).containsExactly(lines(7, 8, 9));
            assertThat(known).isEqualTo(SourceOffsets.of(IMAGES, 2));
            assertThat(rows()).containsExactly(lines(0, 1), lines(2, 3), lines(0, 1));
            assertNoDebris();
        }
    }

    @Test
    void aTaskThatStagesAfterTheSwapOfAnotherStartsOver() throws IOException {
        fixture = fixture(Action.REPLACE, "x", UP_TO_2);
        try (FileSink late = fixture.opened(OTHER);
                FileSink first = fixture.opened(IMAGES)) {
            commit(first, IMAGES, 0, 1);

            assertThatThrownBy(() -> fixture.stage(late, OTHER, 0)).isInstanceOf(RetriableSinkException.class);
            late.open(Set.of(OTHER));
            commit(late, OTHER, 0);

            assertThat(rows()).containsExactly(lines(0, 1), lines(0));
            assertNoDebris();
        }
    }

    @Test
    void aPartitionWithoutRowsIsDoneWhenItsRecordsAreRead() throws IOException {
        fixture = fixture(Action.REPLACE, "x", BOTH_UP_TO_2);
        try (FileSink sink = fixture.opened(IMAGES, OTHER)) {
            sink.commitAll(BOTH_UP_TO_2);

            assertThat(rows()).isEmpty();
            assertNoDebris();
        }
    }

    @Test
    void rowsThatAreNotDueAreInPlaceWithTheOthers() throws IOException {
        fixture = new SinkFixture(SinkFixture.settings(
                directory,
                JsonSettings.defaults(),
                new RollSettings(Long.MAX_VALUE, Duration.ofMinutes(10), 2),
                new ExistingTarget(Action.REPLACE, "x", UP_TO_2)));
        try (FileSink sink = fixture.opened()) {
            fixture.stage(sink, 0, 1, 2);

            CommitResult result = sink.commit(SourceOffsets.of(IMAGES, 3));

            assertThat(result).isEqualTo(CommitResult.complete(SourceOffsets.of(IMAGES, 3), 3));
            assertThat(rows()).containsExactly(lines(0, 1), lines(2));
            assertNoDebris();
        }
    }

    @Test
    void whatAnotherConnectorIsAboutToReplaceIsLeftToIt() {
        write(fixture, IMAGES, 0);

        assertThatThrownBy(() -> fixture(Action.REPLACE, "z", UP_TO_2).opened())
                .isInstanceOf(SinkException.class)
                .hasMessage("Cannot replace files of topic 'images' under " + directory
                        + ": connector 'x' is about to replace them; let it come to its end, or delete "
                        + directory.resolve(".rowlake/replace/images") + " if it never will");
    }

    @Test
    void aRunWithoutANameReplacesOnceAndBeginsAnewAfterACrash() throws IOException {
        fixture = fixture(Action.REPLACE, "", UP_TO_2);
        write(fixture, IMAGES, 0);
        fixture = fixture(Action.REPLACE, "", UP_TO_2);
        try (FileSink sink = fixture.opened()) {
            SourceOffsets known = sink.open(Set.of(IMAGES));
            commit(sink, IMAGES, 0);
            SourceOffsets half = sink.open(Set.of(IMAGES));
            commit(sink, IMAGES, 1);
            SourceOffsets all = sink.open(Set.of(IMAGES));

            assertThat(List.of(known, half, all))
                    .containsExactly(SourceOffsets.none(), SourceOffsets.of(IMAGES, 1), UP_TO_2);
            assertThat(rows()).containsExactly(lines(0), lines(1));
            assertNoDebris();
        }
    }

    @Test
    void whatTheReplacedConnectorHadStagedIsNotPublished() throws IOException {
        try (SinkFixture replacedFixture = fixture(Action.APPEND, "y", SourceOffsets.none());
                FileSink replaced = replacedFixture.opened()) {
            replacedFixture.stage(replaced, 10);
            write(fixture, IMAGES, 0, 1);

            assertThatThrownBy(() -> replaced.commitAll(SourceOffsets.of(IMAGES, 11)))
                    .isInstanceOf(RetriableSinkException.class);
            assertThat(rows()).containsExactly(lines(0, 1));
            assertNoDebris();
        }
    }

    private void crashAfter(Step last) throws IOException {
        var swap = new Swap(new LocalLayout(directory), "images");
        for (Step step : Step.values()) {
            if (step.compareTo(last) <= 0) {
                swap.run(step);
            }
        }
    }

    private void commit(FileSink sink, SourcePartition partition, long... offsets) {
        fixture.stage(sink, partition, offsets);
        sink.commitAll(SourceOffsets.of(partition, offsets[offsets.length - 1] + 1));
    }

    private static void write(SinkFixture fixture, SourcePartition partition, long... offsets) {
        try (FileSink sink = fixture.opened(partition)) {
            fixture.stage(sink, partition, offsets);
            sink.commitAll(SourceOffsets.of(partition, offsets[offsets.length - 1] + 1));
        }
    }

    private SinkFixture fixture(Action action, String owner, SourceOffsets until) {
        return new SinkFixture(SinkFixture.settings(
                directory, JsonSettings.defaults(), RollSettings.defaults(), new ExistingTarget(action, owner, until)));
    }

    private List<String> rows() {
        return new PublishedFiles(directory).texts();
    }

    private static String lines(long... ids) {
        var text = new StringBuilder();
        for (long id : ids) {
            text.append("{\"id\":").append(id).append("}\n");
        }
        return text.toString();
    }

    /** Hidden is nothing but the lock. */
    private void assertNoDebris() throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            assertThat(all.filter(Files::isRegularFile)
                            .map(directory::relativize)
                            .map(Path::toString)
                            .filter(path -> path.startsWith(".") || path.contains("/.")))
                    .isSubsetOf(".rowlake/lock");
        }
    }
}
