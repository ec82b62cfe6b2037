package io.rowlake.sink.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowlake.batch.BatchMemory;
import io.rowlake.batch.Batches;
import io.rowlake.batch.ChangeBatch;
import io.rowlake.event.Column;
import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.Operation;
import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePosition;
import io.rowlake.event.TableSchema;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files follow the columns of their source, in one run and over restarts. */
class EvolvingFilesTest {

    private static final Column ID = column("id", Scalar.LONG);
    private static final Column LABEL = column("label", Scalar.STRING);
    private static final Column SCORE = column("score", Scalar.DOUBLE);

    private final BatchMemory memory = new BatchMemory();
    private long next;

    @TempDir
    private Path directory;

    /** A row, and the columns with which it comes. */
    private record Row(List<Column> columns, List<?> values) {}

    @AfterEach
    void everythingIsReleased() {
        memory.close();
    }

    @Test
    void aNewColumnOfCsvBeginsAFileWithANewHeader() {
        run(CsvSettings.defaults(), row(List.of(ID), 1L), row(List.of(LABEL, ID), "two", 2L));

        assertThat(texts()).containsExactly("id\r\n1\r\n", "id,label\r\n2,two\r\n");
        assertThat(csv()).containsExactly("id=1", "id=2, label=two");
    }

    @Test
    void aDroppedColumnOfCsvStaysUntilTheRestart() {
        run(CsvSettings.defaults(), row(List.of(ID, LABEL), 1L, "one"), row(List.of(ID), 2L));
        run(CsvSettings.defaults(), row(List.of(ID), 3L));

        assertThat(texts()).containsExactly("id,label\r\n1,one\r\n2,\r\n", "id\r\n3\r\n");
        assertThat(csv()).containsExactly("id=1, label=one", "id=2, label=null", "id=3");
    }

    @Test
    void aColumnOfCsvThatComesBackFindsItsPlace() {
        run(
                CsvSettings.defaults(),
                row(List.of(ID, LABEL), 1L, "one"),
                row(List.of(ID), 2L),
                row(List.of(LABEL, ID), "three", 3L));

        assertThat(texts()).containsExactly("id,label\r\n1,one\r\n2,\r\n3,three\r\n");
    }

    @Test
    void aColumnOfCsvThatComesBackAfterTheRestartBeginsAFile() {
        run(CsvSettings.defaults(), row(List.of(ID, LABEL), 1L, "one"));
        run(CsvSettings.defaults(), row(List.of(ID), 2L), row(List.of(ID, SCORE, LABEL), 3L, 0.5, "three"));

        assertThat(texts())
                .containsExactly("id,label\r\n1,one\r\n", "id\r\n2\r\n", "id,score,label\r\n3,0.5,three\r\n");
        assertThat(csv()).containsExactly("id=1, label=one", "id=2", "id=3, label=three, score=0.5");
    }

    @Test
    void aColumnOfCsvThatIsWidenedOrOfAnotherTypeGoesOn() {
        run(
                CsvSettings.defaults(),
                row(List.of(column("id", Scalar.INT), column("x", Scalar.INT)), 1, 1),
                row(List.of(ID, column("x", Scalar.LONG)), 1L << 40, 2L),
                row(List.of(ID, column("x", Scalar.STRING)), 3L, "three"));

        assertThat(texts()).containsExactly("id,x\r\n1,1\r\n1099511627776,2\r\n3,three\r\n");
    }

    @Test
    void columnsThatDifferOnlyInCaseAreBothWritten() {
        run(CsvSettings.defaults(), row(List.of(ID, LABEL, column("Label", Scalar.STRING)), 1L, "a", "b"));

        assertThat(texts()).containsExactly("id,label,Label\r\n1,a,b\r\n");
    }

    @Test
    void linesOfJsonHaveTheColumnsOfTheirRow() {
        run(
                JsonSettings.defaults(),
                row(List.of(ID), 1L),
                row(List.of(LABEL, ID), "two", 2L),
                row(List.of(column("id", Scalar.INT)), 3));
        run(
                JsonSettings.defaults(),
                row(List.of(ID, LABEL), 1L << 40, "four"),
                row(List.of(ID, column("label", Scalar.LONG)), 5L, 5L));

        assertThat(texts())
                .containsExactly(
                        "{\"id\":1}\n{\"label\":\"two\",\"id\":2}\n{\"id\":3}\n",
                        "{\"id\":1099511627776,\"label\":\"four\"}\n{\"id\":5,\"label\":5}\n");
        assertThat(new PublishedFiles(directory).jsonRows()).hasSize(5);
    }

    private void run(FormatSettings format, Row... rows) {
        try (var fixture = new SinkFixture(SinkFixture.rolling(directory, format, RollSettings.defaults()));
                FileSink sink = fixture.opened()) {
            for (Row row : rows) {
                stage(sink, row);
            }
            sink.commitAll(SourceOffsets.of(SinkFixture.IMAGES, next));
        }
    }

    private void stage(FileSink sink, Row row) {
        TableSchema columns = sink.reconcile(new TableSchema(row.columns(), List.of()));
        var position = new SourcePosition(SinkFixture.IMAGES, next++);
        try (ChangeBatch batch = Batches.of(memory, columns)
                .row(position, Operation.CREATE, row.values().toArray())
                .build()) {
            sink.stage(batch);
        }
    }

    private static Row row(List<Column> columns, @Nullable Object... values) {
        return new Row(columns, Arrays.asList(values));
    }

    private static Column column(String name, ColumnType type) {
        return new Column(name, type);
    }

    private List<String> texts() {
        return new PublishedFiles(directory).texts();
    }

    /** All files together, as a reader sees them that goes by the names in the headers. */
    private List<String> csv() {
        return new PublishedFiles(directory)
                .csvRows().stream()
                        .map(row -> row.keySet().stream()
                                .sorted()
                                .map(name -> name + "=" + row.get(name))
                                .collect(Collectors.joining(", ")))
                        .toList();
    }
}
