package io.rowlake.sink.file;

import static io.rowlake.sink.file.SinkFixture.IMAGES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rowlake.batch.BatchMemory;
import io.rowlake.batch.Batches;
import io.rowlake.batch.ChangeBatch;
import io.rowlake.event.Column;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.MalformedEventException;
import io.rowlake.event.MalformedEventsException;
import io.rowlake.event.Operation;
import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePosition;
import io.rowlake.event.TableSchema;
import io.rowlake.sink.IncompatibleSchemaException;
import io.rowlake.sink.file.CsvSettings.BooleanStyle;
import io.rowlake.sink.file.CsvSettings.Header;
import io.rowlake.sink.file.CsvSettings.Quoting;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UnquotedCsvTest {

    private static final TableSchema LABELS =
            new TableSchema(List.of(new Column("id", Scalar.LONG), new Column("label", Scalar.STRING)), List.of());

    @TempDir
    Path directory;

    @Test
    void allRowsThatNeedQuotesAreReportedBeforeAnyIsStaged() {
        var csv = new CsvSettings(',', Quoting.NONE, Header.NAMES, "", BooleanStyle.LOWER);
        try (var fixture = new SinkFixture(SinkFixture.rolling(directory, csv, RollSettings.defaults()));
                FileSink sink = fixture.opened()) {
            MalformedEventsException bad = catchThrowableOfType(
                    MalformedEventsException.class, () -> stage(sink, "cat", "a,b", "dog", "a\"b", "owl"));
            stage(sink, "cat");
            sink.commitAll(SourceOffsets.of(IMAGES, 5));

            assertThat(bad.events())
                    .extracting(MalformedEventException::position)
                    .containsExactly(new SourcePosition(IMAGES, 1), new SourcePosition(IMAGES, 3));
            assertThat(new PublishedFiles(directory).texts()).containsExactly("id,label\r\n0,cat\r\n");
        }
    }

    @Test
    void aColumnNameThatNeedsQuotesDoesNotFit() {
        var schema = new TableSchema(List.of(new Column("a,b", Scalar.LONG)), List.of());
        try (FileSink sink = sink(Header.NAMES)) {
            assertThatThrownBy(() -> sink.reconcile(schema))
                    .isInstanceOf(IncompatibleSchemaException.class)
                    .hasMessage("Cannot write column name 'a,b' as CSV: it is empty and alone in its line, or has a"
                            + " delimiter, a quote, a line break or the text for null; that needs quotes, and quoting is"
                            + " NONE");
        }
    }

    @Test
    void aColumnNameThatIsNotWrittenMayHaveAnyLetters() {
        var schema = new TableSchema(List.of(new Column("a,b", Scalar.LONG)), List.of());
        try (FileSink sink = sink(Header.NONE)) {
            assertThat(sink.reconcile(schema)).isSameAs(schema);
        }
    }

    private FileSink sink(Header header) {
        var csv = new CsvSettings(',', Quoting.NONE, header, "", BooleanStyle.LOWER);
        return new FileSink(SinkFixture.rolling(directory, csv, RollSettings.defaults()), () -> Instant.EPOCH);
    }

    private static void stage(FileSink sink, String... labels) {
        try (BatchMemory memory = new BatchMemory()) {
            Batches rows = Batches.of(memory, LABELS);
            for (int i = 0; i < labels.length; i++) {
                rows.row(new SourcePosition(IMAGES, i), Operation.CREATE, (long) i, labels[i]);
            }
            try (ChangeBatch batch = rows.build()) {
                sink.stage(batch);
            }
        }
    }
}
