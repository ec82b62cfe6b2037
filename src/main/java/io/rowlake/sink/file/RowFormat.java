package io.rowlake.sink.file;

import io.rowlake.batch.ChangeBatch;
import io.rowlake.event.MalformedEventException;
import io.rowlake.event.TableSchema;
import java.util.List;

/** How rows become bytes. Belongs to one sink, whose files share the buffers in it. */
interface RowFormat {

    /** What the name of a file ends with, the dot included, before that of the compression. */
    String extension();

    /** What every file begins with. */
    byte[] header(TableSchema schema);

    /** Whether rows of {@code next} may follow rows of {@code previous} in one file. */
    boolean continues(TableSchema previous, TableSchema next);

    /** The rows of a batch, of use for as long as the batch is. */
    EncodedRows bind(ChangeBatch batch);

    /** The rows of one batch as bytes. */
    interface EncodedRows {

        /** The rows with a value that the format can't hold, up to as many as one batch may report. */
        default List<MalformedEventException> badRows() {
            return List.of();
        }

        /**
         * The bytes of a row, its line end included, good until the next call.
         *
         * @throws MalformedEventException if the format can't hold a value of the row
         */
        RowBuffer row(int row);
    }

    static RowFormat of(FileSettings settings) {
        if (settings.format() instanceof CsvSettings csv) {
            return new CsvFormat(csv, settings.binaryEncoding());
        }
        return new JsonLinesFormat((JsonSettings) settings.format(), settings.binaryEncoding());
    }
}
