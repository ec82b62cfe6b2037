package io.rowlake.sink.file;

import static io.rowlake.sink.file.SinkFixture.IMAGES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePartition;
import io.rowlake.sink.ExistingTarget;
import io.rowlake.sink.ExistingTarget.Action;
import io.rowlake.sink.SinkException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ExistingFilesTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(Action.class)
    void whereNothingIsTheMakerIsNoted(Action action) {
        write(action, "x", 0);

        assertThat(rows()).containsExactly("{\"id\":0}\n");
        assertThat(note()).hasContent("{\"version\":1,\"owner\":\"x\"}");
        assertThat(directory).isDirectoryContaining("glob:**/images").isDirectoryNotContaining("glob:**/.*");
    }

    @ParameterizedTest
    @EnumSource(Action.class)
    void aConnectorGoesOnWithItsOwnFiles(Action action) {
        write(Action.ERROR, "x", 0);

        write(action, "x", 1);

        assertThat(rows()).containsExactly("{\"id\":0}\n", "{\"id\":1}\n");
    }

    @ParameterizedTest
    @CsvSource({"y,made by 'y'", "'',by nobody that is noted"})
    void filesOfOthersAreAnError(String maker, String made) {
        write(Action.APPEND, maker, 0);

        assertThatThrownBy(() -> write(Action.ERROR, "x", 1))
                .isInstanceOf(SinkException.class)
                .hasMessage("Cannot write files of topic 'images' under " + directory
                        + ": there are files already, not made by connector 'x' (" + made
                        + "): set files.if.exists=append to add to them or replace to replace them, or choose another"
                        + " directory");
        assertThat(rows()).containsExactly("{\"id\":0}\n");
    }

    @Test
    void aRunWithoutANameTakesNoFilesForItsOwn() {
        write(Action.ERROR, "", 0);

        assertThatThrownBy(() -> write(Action.ERROR, "", 1))
                .isInstanceOf(SinkException.class)
                .hasMessageContaining("not made by this run (by nobody that is noted)");
        assertThat(note()).doesNotExist();
    }

    @Test
    void aRunWithoutANameGoesOnWithTheFilesItHasMade() {
        try (var fixture = fixture(Action.ERROR, "");
                FileSink sink = fixture.opened()) {
            fixture.stage(sink, 0);
            sink.commitAll(SourceOffsets.of(IMAGES, 1));

            SourceOffsets known = sink.open(Set.of(IMAGES));

            assertThat(known).isEqualTo(SourceOffsets.of(IMAGES, 1));
        }
    }

    @Test
    void filesOfOthersAreAddedTo() {
        write(Action.ERROR, "y", 0);

        write(Action.APPEND, "x", 1);

        assertThat(rows()).containsExactly("{\"id\":0}\n", "{\"id\":1}\n");
        assertThat(note()).hasContent("{\"version\":1,\"owner\":\"y\"}");
    }

    @Test
    void tasksThatStartTogetherMayBothNoteTheMaker() {
        try (var left = fixture(Action.ERROR, "x");
                var right = fixture(Action.ERROR, "x");
                FileSink leftSink = left.opened();
                FileSink rightSink = right.opened()) {
            rightSink.open(Set.of(new SourcePartition("images", 1)));
            left.stage(leftSink, 0);
            leftSink.commitAll(SourceOffsets.of(IMAGES, 1));

            assertThat(rightSink.open(Set.of(new SourcePartition("images", 1)))).isEqualTo(SourceOffsets.none());
        }
    }

    @Test
    void aTopicWithoutFilesIsAnybodys() {
        fixture(Action.ERROR, "y").opened();

        write(Action.ERROR, "x", 0);

        assertThat(rows()).containsExactly("{\"id\":0}\n");
        assertThat(note()).hasContent("{\"version\":1,\"owner\":\"x\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"version\":2,\"owner\":\"x\"}", "{\"version\":1}", "{"})
    void aNoteThatIsNoneIsAnError(String text) throws IOException {
        write(Action.ERROR, "x", 0);
        Files.writeString(note(), text);

        assertThatThrownBy(() -> write(Action.ERROR, "x", 1))
                .isInstanceOf(SinkException.class)
                .hasMessageStartingWith("Cannot read " + note() + ": it ")
                .hasMessageEndingWith("; restore it, or delete it to have the files of the topic taken for nobody's");
    }

    private void write(Action action, String owner, long offset) {
        try (var fixture = fixture(action, owner);
                FileSink sink = fixture.opened()) {
            fixture.stage(sink, offset);
            sink.commitAll(SourceOffsets.of(IMAGES, offset + 1));
        }
    }

    private SinkFixture fixture(Action action, String owner) {
        return new SinkFixture(SinkFixture.settings(
                directory,
                JsonSettings.defaults(),
                RollSettings.defaults(),
                new ExistingTarget(action, owner, SourceOffsets.none())));
    }

    private List<String> rows() {
        return new PublishedFiles(directory).texts();
    }

    private Path note() {
        return directory.resolve("images/_rowlake.json");
    }
}
