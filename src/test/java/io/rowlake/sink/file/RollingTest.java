package io.rowlake.sink.file;

import static io.rowlake.sink.file.SinkFixture.IMAGES;
import static org.assertj.core.api.Assertions.assertThat;

import io.rowlake.batch.BatchMemory;
import io.rowlake.batch.Batches;
import io.rowlake.batch.ChangeBatch;
import io.rowlake.event.Column;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.Operation;
import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePartition;
import io.rowlake.event.SourcePosition;
import io.rowlake.event.TableSchema;
import io.rowlake.sink.CommitResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class RollingTest {

    private static final Duration INTERVAL = Duration.ofMinutes(10);
    private static final RollSettings BY_RECORDS = new RollSettings(Long.MAX_VALUE, INTERVAL, 2);
    private static final TableSchema LABELLED =
            new TableSchema(List.of(new Column("id", Scalar.LONG), new Column("label", Scalar.STRING)), List.of());
    private static final TableSchema SCORED =
            new TableSchema(List.of(new Column("score", Scalar.DOUBLE), new Column("id", Scalar.LONG)), List.of());

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
            fixture.stage(sink, LABELLED, 2);
            fixture.stage(sink, LABELLED, 3);

            sink.commitAll(SourceOffsets.of(IMAGES, 4));

            assertThat(published().texts()).containsExactly("id\r\n1\r\n", "id,label\r\n2,\r\n3,\r\n");
        }
    }

    @Test
    void csvBeginsANewFileOnlyForColumnsThatItHasNotHad() {
        try (var fixture = fixture(CsvSettings.defaults(), RollSettings.defaults());
                FileSink sink = fixture.opened()) {
            for (long offset = 1; offset < 7; offset += 2) {
                fixture.stage(sink, LABELLED, offset);
                fixture.stage(sink, SCORED, offset + 1);
            }

            sink.commitAll(SourceOffsets.of(IMAGES, 7));

            assertThat(published().texts())
                    .containsExactly(
                            "id,label\r\n1,\r\n", "id,label,score\r\n,,2.0\r\n3,,\r\n,,4.0\r\n5,,\r\n,,6.0\r\n");
        }
    }

    @ParameterizedTest
    @MethodSource("schemasWithoutNewNames")
    void csvGoesOnInTheSameFileWithoutANewName(TableSchema next) {
        try (var fixture = fixture(CsvSettings.defaults(), RollSettings.defaults());
                FileSink sink = fixture.opened()) {
            fixture.stage(sink, LABELLED, 1);
            fixture.stage(sink, next, 2);

            sink.commitAll(SourceOffsets.of(IMAGES, 3));

            assertThat(published().texts()).containsExactly("id,label\r\n1,\r\n2,\r\n");
        }
    }

    static Stream<TableSchema> schemasWithoutNewNames() {
        Column label = new Column("label", Scalar.STRING);
        return Stream.of(
                SinkFixture.ID,
                new TableSchema(List.of(new Column("id", Scalar.INT), label), List.of()),
                new TableSchema(List.of(new Column("id", Scalar.LONG), label), List.of("id")),
                new TableSchema(List.of(new Column("id", Scalar.LONG), new Column("label", Scalar.BINARY)), List.of()));
    }

    @Test
    void csvKnowsColumnsAgainInTheNextFiles() {
        try (var fixture = fixture(CsvSettings.defaults(), BY_RECORDS);
                FileSink sink = fixture.opened()) {
            fixture.stage(sink, LABELLED, 1, 2);
            fixture.stage(sink, 3, 4);

            sink.commitAll(SourceOffsets.of(IMAGES, 5));

            assertThat(published().texts()).containsExactly("id,label\r\n1,\r\n2,\r\n", "id,label\r\n3,\r\n4,\r\n");
        }
    }

    @Test
    void eachPartitionHasItsOwnColumns() {
        try (var fixture = fixture(CsvSettings.defaults(), RollSettings.defaults());
                FileSink sink = fixture.opened();
                BatchMemory memory = new BatchMemory()) {
            var other = new SourcePartition("images", 1);
            sink.open(Set.of(other));
            fixture.stage(sink, LABELLED, 1);
            Batches rows = Batches.of(memory, SinkFixture.ID);
            rows.row(new SourcePosition(other, 1), Operation.CREATE, 1L);
            rows.row(new SourcePosition(IMAGES, 2), Operation.CREATE, 2L);
            rows.row(new SourcePosition(other, 2), Operation.CREATE, 2L);
            try (ChangeBatch batch = rows.build()) {
                sink.stage(batch);
            }

            sink.commitAll(SourceOffsets.of(Map.of(IMAGES, 3L, other, 3L)));

            assertThat(published().texts()).containsExactly("id,label\r\n1,\r\n2,\r\n", "id\r\n1\r\n2\r\n");
        }
    }

    @Test
    void jsonGoesOnInTheSameFileWhenColumnsChange() {
        try (var fixture = fixture(JsonSettings.defaults(), RollSettings.defaults());
                FileSink sink = fixture.opened()) {
            fixture.stage(sink, 1);
            fixture.stage(sink, LABELLED, 2);

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
