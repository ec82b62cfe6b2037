package io.rowlake.sink.file;

import static io.rowlake.sink.file.SinkFixture.IMAGES;
import static org.assertj.core.api.Assertions.assertThat;

import io.rowlake.event.Column;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.SourceOffsets;
import io.rowlake.event.TableSchema;
import io.rowlake.sink.CommitResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RollingTest {

    private static final Duration INTERVAL = Duration.ofMinutes(10);
    private static final RollSettings BY_RECORDS = new RollSettings(Long.MAX_VALUE, INTERVAL, 2);
    private static final TableSchema GROWN =
            new TableSchema(List.of(new Column("id", Scalar.LONG), new Column("label", Scalar.STRING)), List.of());

    @TempDir
    Path directory;

    @Test
    void aFileIsCompleteWithItsLastRow() {
        try (var fixture = fixture(JsonSettings.defaults(), BY_RECORDS);
                FileSink sink = fixture.opened()) {
            fixture.stage(sink, 5, 6, 8, 9, 12);

            CommitResult result = sink.commit(SourceOffsets.of(IMAGES, 13));

            assertThat(result).isEqualTo(CommitResult.complete(SourceOffsets.of(IMAGES, 10), 4));
            assertThat(ranges()).containsExactly("0-7", "7-10");
            assertThat(published().texts()).containsExactly("{\"id\":5}\n{\"id\":6}\n", "{\"id\":8}\n{\"id\":9}\n");
        }
    }

    @Test
    void theLastFileCoversAllThatWasReached() {
        try (var fixture = fixture(JsonSettings.defaults(), BY_RECORDS);
                FileSink sink = fixture.opened()) {
            fixture.stage(sink, 5, 6, 8, 9);

            CommitResult result = sink.commit(SourceOffsets.of(IMAGES, 100));

            assertThat(result).isEqualTo(CommitResult.complete(SourceOffsets.of(IMAGES, 100), 4));
            assertThat(ranges()).containsExactly("0-7", "7-100");
        }
    }

    @Test
    void aFileIsCompleteWhenItHasItsSize() {
        try (var fixture = fixture(JsonSettings.defaults(), new RollSettings(18, INTERVAL, Long.MAX_VALUE));
                FileSink sink = fixture.opened()) {
            fixture.stage(sink, 1, 2, 3, 4, 5);

            CommitResult result = sink.commit(SourceOffsets.of(IMAGES, 6));

            assertThat(result).isEqualTo(CommitResult.complete(SourceOffsets.of(IMAGES, 5), 4));
            assertThat(published().entries()).extracting(CommitEntry::bytes).containsExactly(18L, 18L);
        }
    }

    @Test
    void aFileIsDueWhenItsFirstRowIsOldEnough() {
        try (var fixture = fixture(JsonSettings.defaults(), RollSettings.defaults());
                FileSink sink = fixture.opened()) {
            fixture.stage(sink, 1);
            fixture.advance(INTERVAL.minusMillis(1));
            fixture.stage(sink, 2);
            CommitResult early = sink.commit(SourceOffsets.of(IMAGES, 3));
            fixture.advance(Duration.ofMillis(1));
            CommitResult due = sink.commit(SourceOffsets.of(IMAGES, 3));

            assertThat(early).isEqualTo(CommitResult.complete(SourceOffsets.none(), 0));
            assertThat(due).isEqualTo(CommitResult.complete(SourceOffsets.of(IMAGES, 3), 2));
        }
    }

    @Test
    void aRowThatComesTooLateBeginsTheNextFile() {
        try (var fixture = fixture(JsonSettings.defaults(), RollSettings.defaults());
                FileSink sink = fixture.opened()) {
            fixture.stage(sink, 1);
            fixture.advance(INTERVAL);
            fixture.stage(sink, 2);

            CommitResult result = sink.commit(SourceOffsets.of(IMAGES, 3));

            assertThat(result).isEqualTo(CommitResult.complete(SourceOffsets.of(IMAGES, 2), 1));
            assertThat(published().texts()).containsExactly("{\"id\":1}\n");
        }
    }

    @Test
    void commitAllDoesNotWaitForTheAge() {
        try (var fixture = fixture(JsonSettings.defaults(), RollSettings.defaults());
                FileSink sink = fixture.opened()) {
            fixture.stage(sink, 1);

            CommitResult result = sink.commitAll(SourceOffsets.of(IMAGES, 2));

            assertThat(result).isEqualTo(CommitResult.complete(SourceOffsets.of(IMAGES, 2), 1));
        }
    }

    @Test
    void csvBeginsANewFileWhenColumnsChange() {
        try (var fixture = fixture(CsvSettings.defaults(), RollSettings.defaults());
                FileSink sink = fixture.opened()) {
            fixture.stage(sink, 1);
            fixture.stage(sink, GROWN, 2);
            fixture.stage(sink, GROWN, 3);

            sink.commitAll(SourceOffsets.of(IMAGES, 4));

            assertThat(published().texts()).containsExactly("id\r\n1\r\n", "id,label\r\n2,\r\n3,\r\n");
        }
    }

    @Test
    void jsonGoesOnInTheSameFileWhenColumnsChange() {
        try (var fixture = fixture(JsonSettings.defaults(), RollSettings.defaults());
                FileSink sink = fixture.opened()) {
            fixture.stage(sink, 1);
            fixture.stage(sink, GROWN, 2);

            sink.commitAll(SourceOffsets.of(IMAGES, 3));

            assertThat(published().texts()).containsExactly("{\"id\":1}\n{\"id\":2,\"label\":null}\n");
        }
    }

    private SinkFixture fixture(FormatSettings format, RollSettings roll) {
        return new SinkFixture(SinkFixture.rolling(directory, format, roll));
    }

    private PublishedFiles published() {
        return new PublishedFiles(directory);
    }

    private List<String> ranges() {
        return published().entries().stream()
                .map(entry -> entry.start() + "-" + entry.end())
                .toList();
    }
}
