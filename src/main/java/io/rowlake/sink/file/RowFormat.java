package io.rowlake.sink.file;

import io.rowlake.batch.ChangeBatch;
import io.rowlake.event.MalformedEventException;
import io.rowlake.event.TableSchema;
import java.util.List;
import java.util.Optional;

/** How rows become bytes. Belongs to one sink, whose files share the buffers in it. */
interface RowFormat {

    /** What the name of a file ends with, the dot included, before that of the compression. */
    String extension();

    /**
     * Looks whether rows of the schema can be written at all.
     *
     * @throws io.rowlake.sink.IncompatibleSchemaException if they can't, whatever their values are
     */
    void requireFit(TableSchema schema);

    /** The names that a file must have been begun with so that rows of the schema fit into it; none if any file does. */
    List<String> columns(TableSchema schema);

    /** What every file begins with. */
    byte[] header(List<String> columns);

    /** The rows of a batch for a file that was begun with the columns, of use for as long as the batch is. */
    EncodedRows bind(ChangeBatch batch, List<String> columns);

    /** Whether there is no value that the format can't hold, so that rows needn't be asked for a misfit. */
    boolean holdsAnyValue();

    /** The rows of one batch as bytes. */
    interface EncodedRows {

        /** Why the format can't hold the row, empty if it can. */
        default Optional<MalformedEventException> misfit(int row) {
            return Optional.empty();
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
